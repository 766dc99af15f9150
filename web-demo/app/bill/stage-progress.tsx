import type { Standing } from '../bills/standing';
import { progressOf } from './stages';
import styles from './stage-progress.module.css';

export interface StageProgressProps {
  readonly billNumber: string;
  readonly standing: Standing | null;
}

/** The bill's way through its stages. */
export function StageProgress({ billNumber, standing }: StageProgressProps) {
  const { stages, current, isStopped } = progressOf(billNumber, standing);
  const now = stages[current];
  return (
    <>
      <ol className={styles.stages} aria-label="Progress">
        {stages.map((stage, index) => (
          <li
            key={stage}
            className={styles.stage}
            data-state={index < current ? 'done' : index === current ? 'current' : 'ahead'}
            data-stopped={isStopped && index === current}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className={styles.name}>{stage}</span>
            {index < current && <span className="visually-hidden"> (done)</span>}
            {index > current && <span className="visually-hidden"> (ahead)</span>}
          </li>
        ))}
      </ol>
      {now !== undefined && (
        <p className={styles.now} aria-hidden="true">
          <strong>{now}</strong>, step {current + 1} of {stages.length}
        </p>
      )}
    </>
  );
}
