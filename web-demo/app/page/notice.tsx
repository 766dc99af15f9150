import type { ReactNode } from 'react';

import styles from './notice.module.css';

export interface NoticeProps {
  readonly tone: 'plain' | 'warning' | 'problem';
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons. */
  readonly actions?: ReactNode;
}

/** Something the visitor should know instead of, or before, what he came for. */
export function Notice({ tone, title, children, actions }: NoticeProps) {
  return (
    <section className={styles.notice} data-tone={tone}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.text}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </section>
  );
}
