import type { ReactNode } from 'react';

import styles from './example.module.css';

export interface ExampleProps {
  /** Its name for programs. */
  readonly name: string;
  readonly title: string;
  readonly intro: ReactNode;
  readonly source: string;
  readonly children: ReactNode;
}

/** One example: what it is, what it does, and its source. */
export function Example({ name, title, intro, source, children }: ExampleProps) {
  return (
    <section className="card" aria-labelledby={`example-${name}`} data-example={name}>
      <header className={styles.header}>
        <h2 id={`example-${name}`} className={styles.title}>
          {title}
        </h2>
        <p className={styles.intro}>{intro}</p>
      </header>
      <div className={styles.body}>{children}</div>
      <details className={styles.details}>
        <summary className={styles.summary}>Source</summary>
        <pre className={styles.source} tabIndex={0} aria-label={`Source of ${title}`}>
          <code>{source}</code>
        </pre>
      </details>
    </section>
  );
}
