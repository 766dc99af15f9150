import { useState } from 'react';

import { counted } from '../format/words';
import { currentVisitor, newReference } from '../visitor/visitor';
import { VisitorName } from '../visitor/visitor-name';
import type { Comment } from './comment';
import { CommentThread } from './comment-thread';
import { Composer } from './composer';
import { DiscussionNews } from './discussion-news';
import styles from './discussion-section.module.css';
import { PendingComment } from './pending-comment';
import { countComments, threadsOf } from './threads';
import { TypingLine } from './typing-line';
import { useDiscussion } from './use-discussion';
import { useOutbox } from './use-outbox';
import { VotePanel } from './vote-panel';

/** Threads at first, and more at every "Show older". */
const pageSize = 10;

/** What people say and think about a bill, live, and the visitor among them. */
export function DiscussionSection({ billId }: { billId: number }) {
  const [limit, setLimit] = useState(pageSize);
  const { community, comments, votes, activity } = useDiscussion(billId);
  const outbox = useOutbox(billId, comments, community.sendCommentUpdate);
  const threads = threadsOf(comments);
  const drafts = outbox.drafts.filter(({ parentId }) => parentId === null);
  const typing = community.typingIndicators.get(`${billId}_root`) ?? [];
  const presence = community.getPresence(billId);
  const commentCount = countComments(threads);

  const tell = (comment: Comment, more: object): void => {
    const name = currentVisitor().name.trim();
    const reference = comment.reference ?? newReference();
    // Whether it went well shows in the comment itself.
    community
      .sendCommentUpdate(billId, {
        commentId: comment.id,
        reference,
        ...(name === '' ? {} : { userName: name }),
        ...more,
      })
      .catch(() => undefined);
  };
  const context = {
    billId,
    community,
    outbox,
    change: (comment: Comment, text: string) => {
      tell(comment, { action: 'updated', text });
    },
    takeBack: (comment: Comment) => {
      tell(comment, { action: 'deleted' });
    },
  };

  return (
    <div className={styles.discussion} data-discussion={billId}>
      <p className={styles.present}>
        <span>{counted(commentCount, 'comment')}</span>
        {presence !== null && (
          <span className={styles.presence} data-presence={presence.count}>
            {presence.count === 1 ? 'Only you are here' : `${presence.count} people are here`}
          </span>
        )}
      </p>
      <VotePanel billId={billId} votes={votes} sendVoteUpdate={community.sendVoteUpdate} />
      <DiscussionNews activity={activity} />
      <div className={styles.write}>
        <VisitorName />
        <Composer
          billId={billId}
          parentId={null}
          label="What do you think of this bill?"
          community={community}
          onSubmit={(text) => {
            outbox.post(text, null);
          }}
        />
        <TypingLine typing={typing} />
      </div>
      <ul className={styles.threads} aria-label="Comments, newest first">
        {[...drafts].reverse().map((draft) => (
          <PendingComment
            key={draft.reference}
            draft={draft}
            isConnected={community.isConnected}
            outbox={outbox}
          />
        ))}
        {threads.slice(0, limit).map((thread) => (
          <CommentThread key={thread.comment.key} thread={thread} context={context} />
        ))}
      </ul>
      {threads.length === 0 && drafts.length === 0 && (
        <p className={styles.nothing}>Nobody has said anything yet. You could be the first.</p>
      )}
      {threads.length > limit && (
        <p>
          <button
            type="button"
            className="button"
            onClick={() => {
              setLimit(limit + pageSize);
            }}
          >
            Show older comments
          </button>
        </p>
      )}
    </div>
  );
}
