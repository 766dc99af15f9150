import { Moment } from '../page/moment';
import type { Comment } from './comment';
import styles from './comment-head.module.css';

/** Who wrote a comment, and when. */
export function CommentHead({ comment }: { comment: Comment }) {
  const { author, moment, isOwn, isExpert, isSimulated, isEdited } = comment;
  return (
    <p className={styles.head}>
      <strong className={styles.author}>{author}</strong>
      {isOwn && (
        <span className={styles.tag} data-tone="blue">
          you
        </span>
      )}
      {isExpert && (
        <span className={styles.tag} data-tone="green">
          expert
        </span>
      )}
      {isSimulated && (
        <span className={styles.tag} title="Made up by the gateway; nobody wrote this">
          simulated
        </span>
      )}
      <Moment at={moment} className={styles.time} />
      {isEdited && <span className={styles.time}>edited</span>}
    </p>
  );
}
