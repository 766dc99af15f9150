import styles from './pending-comment.module.css';
import type { Draft, Outbox } from './use-outbox';

export interface PendingCommentProps {
  readonly draft: Draft;
  readonly isConnected: boolean;
  readonly outbox: Outbox;
}

/** A comment that the server has not sent back yet. */
export function PendingComment({ draft, isConnected, outbox }: PendingCommentProps) {
  const { text, failure } = draft;
  return (
    <li className={styles.pending} data-comment-state={failure === null ? 'pending' : 'failed'}>
      <p className={styles.text}>{text}</p>
      <p className={styles.state} role="status">
        {failure === null
          ? isConnected
            ? 'Sending…'
            : 'Waits for the connection…'
          : `Not posted. ${failure}`}
      </p>
      {failure !== null && (
        <p className={styles.actions}>
          <button
            type="button"
            className="button"
            data-size="small"
            onClick={() => {
              outbox.retry(draft);
            }}
          >
            Try again
          </button>
          <button
            type="button"
            className="button"
            data-size="small"
            onClick={() => {
              outbox.discard(draft);
            }}
          >
            Discard
          </button>
        </p>
      )}
    </li>
  );
}
