import styles from './sparkline.module.css';

export interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[];
  /** How many there are when it is full. */
  readonly capacity: number;
  /** What it shows, in words. */
  readonly label: string;
  readonly size?: 'small';
}

const width = 240;
const height = 44;

/** A small chart of the last values; the newest is at the right. */
export function Sparkline({ values, capacity, label, size }: SparklineProps) {
  const highest = Math.max(1, ...values);
  const step = width / (capacity - 1);
  const points = values.map((value, index) => {
    const x = width - (values.length - 1 - index) * step;
    const y = height - 2 - (value / highest) * (height - 6);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const first = points[0]?.split(',')[0] ?? width;
  return (
    <svg
      className={styles.chart}
      data-size={size}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {points.length > 1 && (
        <>
          <polygon
            className={styles.area}
            points={`${first},${height} ${points.join(' ')} ${width},${height}`}
          />
          <polyline className={styles.line} points={points.join(' ')} />
        </>
      )}
    </svg>
  );
}
