import type { HTMLAttributes, ReactNode } from 'react';

import styles from './panel.module.css';

export interface PanelProps extends Omit<HTMLAttributes<HTMLElement>, 'title'> {
  /** The heading's id, by which the panel is labelled. */
  readonly id: string;
  readonly title: ReactNode;
  /** What has to be known of what it shows. */
  readonly note?: string;
}

/** A small card beside a screen: a heading, and what belongs to it. */
export function Panel({ id, title, note, children, ...more }: PanelProps) {
  return (
    <section className={`card ${styles.panel}`} aria-labelledby={id} {...more}>
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      {children}
      {note !== undefined && <p className={styles.note}>{note}</p>}
    </section>
  );
}
