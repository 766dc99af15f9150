import type { ReactNode } from 'react';

import styles from './figures.module.css';

export function Figures({ children }: { children: ReactNode }) {
  return <dl className={styles.figures}>{children}</dl>;
}

export interface FigureProps {
  readonly name: string;
  /** Its name for programs. */
  readonly figure: string;
  readonly children: ReactNode;
}

export function Figure({ name, figure, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value} data-figure={figure}>
        {children}
      </dd>
    </div>
  );
}
