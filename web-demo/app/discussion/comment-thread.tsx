import { useState } from 'react';

import { CommentHead } from './comment-head';
import { Composer } from './composer';
import styles from './comment-thread.module.css';
import type { DiscussionContext } from './discussion-context';
import { PendingComment } from './pending-comment';
import type { Thread } from './threads';
import { TypingLine } from './typing-line';

export interface CommentThreadProps {
  readonly thread: Thread;
  readonly context: DiscussionContext;
}

type Mode = 'reading' | 'answering' | 'changing';

/** A comment and, below it, what answers it, who is about to, and what this visitor has just answered. */
export function CommentThread({ thread: { comment, replies }, context }: CommentThreadProps) {
  const [mode, setMode] = useState<Mode>('reading');
  const { billId, community, outbox, change, takeBack } = context;
  const { id, key, author, text, removal, isOwn } = comment;
  const typing = community.typingIndicators.get(`${billId}_${key}`) ?? [];
  const drafts = outbox.drafts.filter(
    ({ parentId }) => parentId !== null && String(parentId) === key,
  );
  const read = (): void => {
    setMode('reading');
  };
  const isThere = removal === null && id !== null;

  return (
    <li className={styles.thread} data-comment={key}>
      {removal === null ? <CommentHead comment={comment} /> : null}
      {mode === 'changing' ? (
        <Composer
          billId={billId}
          parentId={id}
          label="Change your comment"
          initialText={text}
          action="Save"
          community={community}
          onSubmit={(changed) => {
            change(comment, changed);
            read();
          }}
          onCancel={read}
        />
      ) : (
        <p className={styles.text} data-removed={removal !== null}>
          {removal ?? text}
        </p>
      )}
      {isThere && mode === 'reading' && (
        <p className={styles.actions}>
          <button
            type="button"
            className="link-button"
            onClick={() => {
              setMode('answering');
            }}
          >
            Reply<span className="visually-hidden"> to {author}</span>
          </button>
          {isOwn && (
            <>
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  setMode('changing');
                }}
              >
                Edit
              </button>
              <button
                type="button"
                className="link-button"
                onClick={() => {
                  takeBack(comment);
                }}
              >
                Delete
              </button>
            </>
          )}
        </p>
      )}
      {typing.length > 0 && <TypingLine typing={typing} />}
      {mode === 'answering' && isThere && (
        <Composer
          billId={billId}
          parentId={id}
          label={`Reply to ${author}`}
          action="Reply"
          community={community}
          onSubmit={(answer) => {
            outbox.post(answer, id);
            read();
          }}
          onCancel={read}
        />
      )}
      {(replies.length > 0 || drafts.length > 0) && (
        <ul className={styles.replies}>
          {replies.map((reply) => (
            <CommentThread key={reply.comment.key} thread={reply} context={context} />
          ))}
          {drafts.map((draft) => (
            <PendingComment
              key={draft.reference}
              draft={draft}
              isConnected={community.isConnected}
              outbox={outbox}
            />
          ))}
        </ul>
      )}
    </li>
  );
}
