import styles from './trend-arrow.module.css';

type Direction = 'up' | 'down' | 'level';

/** Less than this is noise. */
const smallest = 0.08;

/** Where a rate is going, from -1, dying down, to 1, taking off: an arrow for the eye and words for everybody else. */
export function TrendArrow({ trend }: { trend: number }) {
  const direction = directionOf(trend);
  return (
    <span className={styles.trend} data-direction={direction} title={words[direction]}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path className={styles.arrow} d={paths[direction]} />
      </svg>
      <span className="visually-hidden">{words[direction]}</span>
    </span>
  );
}

function directionOf(trend: number): Direction {
  if (Math.abs(trend) < smallest) return 'level';
  return trend > 0 ? 'up' : 'down';
}

const words: Readonly<Record<Direction, string>> = {
  up: 'rising',
  down: 'falling',
  level: 'steady',
};

const paths: Readonly<Record<Direction, string>> = {
  up: 'M2 9l7-6m0 0H4.500m4.500 0v4.500',
  down: 'M2 3l7 6m0 0H4.500m4.500 0V4.500',
  level: 'M1.500 6h9m0 0L7.500 3.500m3 2.500l-3 2.500',
};
