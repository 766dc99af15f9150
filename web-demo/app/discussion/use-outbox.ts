import { useEffect, useRef, useState } from 'react';

import { EngineError, realTimeService, type CommunityRealTime } from '@client/core/realtime';

import { currentVisitor, newReference } from '../visitor/visitor';
import type { Comment } from './comment';

/** A comment on its way: it is there as soon as the server sends it back. */
export interface Draft {
  readonly reference: string;
  readonly parentId: string | number | null;
  readonly text: string;
  /** Why it did not arrive; null while it may. */
  readonly failure: string | null;
}

export interface Outbox {
  /** Oldest first; without those that have arrived. */
  readonly drafts: readonly Draft[];
  readonly post: (text: string, parentId: string | number | null) => void;
  readonly retry: (draft: Draft) => void;
  readonly discard: (draft: Draft) => void;
}

/** How long the server may take, counted from when the comment went out. */
const patienceMs = 10_000;

/** The comments this visitor sent from here, until they are among `comments`. */
export function useOutbox(
  billId: number,
  comments: readonly Comment[],
  sendCommentUpdate: CommunityRealTime['sendCommentUpdate'],
): Outbox {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const arrived = drafts.filter(({ reference }) =>
    comments.some((comment) => comment.reference === reference),
  );
  if (arrived.length > 0) setDrafts(drafts.filter((draft) => !arrived.includes(draft)));
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const settle = (reference: string, failure: string | null): void => {
    setDrafts((before) =>
      before.map((draft) => (draft.reference === reference ? { ...draft, failure } : draft)),
    );
  };

  const send = ({ reference, parentId, text }: Draft): void => {
    clearTimeout(timers.current.get(reference));
    const name = currentVisitor().name.trim();
    sendCommentUpdate(billId, {
      text,
      reference,
      ...(parentId === null ? {} : { parentId }),
      ...(name === '' ? {} : { userName: name }),
    }).then(
      () => {
        const timer = setTimeout(() => {
          settle(reference, 'The server has not confirmed it.');
        }, patienceMs);
        timers.current.set(reference, timer);
      },
      (error: unknown) => {
        settle(reference, error instanceof Error ? error.message : 'It could not be sent.');
      },
    );
  };

  useEffect(() => {
    const waiting = timers.current;
    const stopListening = realTimeService.on('error', (error) => {
      if (!isRefusedComment(error)) return;
      // The server does not say which: the oldest that is still under way is the one.
      setDrafts((before) => {
        const refused = before.find((draft) => draft.failure === null);
        return before.map((draft) =>
          draft === refused ? { ...draft, failure: error.message } : draft,
        );
      });
    });
    return () => {
      stopListening();
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    };
  }, []);

  return {
    drafts,
    post: (text, parentId) => {
      const draft = { reference: newReference(), parentId, text, failure: null };
      setDrafts((before) => [...before, draft]);
      send(draft);
    },
    retry: (draft) => {
      settle(draft.reference, null);
      send(draft);
    },
    discard: (draft) => {
      clearTimeout(timers.current.get(draft.reference));
      setDrafts((before) => before.filter(({ reference }) => reference !== draft.reference));
    },
  };
}

function isRefusedComment(error: Error): boolean {
  return (
    error instanceof EngineError &&
    error.code === 'server-error' &&
    error.context?.['originalType'] === 'comment_update'
  );
}
