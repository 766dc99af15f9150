import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';

import type { CommunityRealTime } from '@client/core/realtime';

import styles from './composer.module.css';

export interface ComposerProps {
  readonly billId: number;
  /** The comment that is answered; null: the discussion itself. */
  readonly parentId: string | number | null;
  readonly label: string;
  readonly community: CommunityRealTime;
  readonly initialText?: string;
  readonly action?: string;
  readonly onSubmit: (text: string) => void;
  /** Given where the composer can be left without posting. */
  readonly onCancel?: () => void;
}

/** Where a comment is written. Others are told while it is, and told the end when it is left, sent or emptied. */
export function Composer({
  billId,
  parentId,
  label,
  community: { sendTypingIndicator, stopTypingIndicator },
  initialText = '',
  action = 'Post',
  onSubmit,
  onCancel,
}: ComposerProps) {
  const [text, setText] = useState(initialText);
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const isAsked = onCancel !== undefined;

  useEffect(() => {
    // Whoever asked to answer or to change something wants to write there.
    if (isAsked) area.current?.focus();
    return () => {
      stopTypingIndicator(billId, parentId);
    };
  }, [billId, parentId, isAsked, stopTypingIndicator]);

  const submit = (): void => {
    const comment = text.trim();
    if (comment === '') return;
    stopTypingIndicator(billId, parentId);
    setText('');
    onSubmit(comment);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    if (event.key === 'Escape' && onCancel !== undefined) onCancel();
  };

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <textarea
        ref={area}
        id={id}
        className={`field ${styles.text}`}
        rows={isAsked ? 2 : 3}
        maxLength={2000}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (event.target.value === '') stopTypingIndicator(billId, parentId);
          else sendTypingIndicator(billId, parentId);
        }}
        onBlur={() => {
          stopTypingIndicator(billId, parentId);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.actions}>
        <p className={styles.hint}>Ctrl + Enter posts</p>
        {onCancel !== undefined && (
          <button type="button" className="button" data-size="small" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button
          type="submit"
          className="button"
          data-kind="primary"
          data-size="small"
          disabled={text.trim() === ''}
        >
          {action}
        </button>
      </div>
    </form>
  );
}
