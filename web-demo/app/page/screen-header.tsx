import type { ReactNode } from 'react';

import styles from './screen-header.module.css';

export interface ScreenHeaderProps {
  /** The heading's id, by which its section is labelled. */
  readonly id: string;
  readonly title: string;
  /** What there is to see, in a sentence or two. */
  readonly intro: ReactNode;
  /** Controls beside it, where there is room. */
  readonly children?: ReactNode;
}

/** What stands above a screen, or one of its parts: what this is, and what can be chosen of it. */
export function ScreenHeader({ id, title, intro, children }: ScreenHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <p className={styles.intro}>{intro}</p>
      </div>
      {children}
    </header>
  );
}
