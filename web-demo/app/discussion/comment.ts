import type { CommentUpdate, ServerId } from '@client/core/realtime';

import { momentOf } from '../format/dates';
import { readField, readText } from '../updates/fields';
import { isOwnReference } from '../visitor/visitor';

/** A comment as people see it, after everything that happened to it. */
export interface Comment {
  /** Its id as a text, or something as good where the server gave it none. */
  readonly key: string;
  /** What the server calls it; null: nobody can answer it. */
  readonly id: ServerId | null;
  readonly parentKey: string | null;
  readonly author: string;
  readonly text: string;
  readonly moment: Date | null;
  /** This visitor wrote it. */
  readonly isOwn: boolean;
  readonly isSimulated: boolean;
  readonly isExpert: boolean;
  readonly isEdited: boolean;
  /** Why it is gone; null while it is there. */
  readonly removal: string | null;
  /** What its author's page called it before the server knew it. */
  readonly reference: string | null;
}

/** The discussion as it is now, oldest comment first, from what happened to it, newest first. */
export function foldComments(updates: readonly CommentUpdate[]): Comment[] {
  const comments = new Map<string, Comment>();
  const keyOfReference = new Map<string, string>();
  for (const update of [...updates].reverse()) {
    const reference = readText(update.data, 'reference');
    const named = update.commentId === null ? null : String(update.commentId);
    // What was sent twice, because nobody knew whether it had arrived, is one comment all the same.
    const key =
      (reference === undefined ? undefined : keyOfReference.get(reference)) ??
      named ??
      `arrival-${update.arrival}`;
    if (reference !== undefined) keyOfReference.set(reference, key);
    comments.set(key, after(comments.get(key), update, key));
  }
  return [...comments.values()].sort((one, other) => timeOf(one) - timeOf(other));
}

function after(before: Comment | undefined, update: CommentUpdate, key: string): Comment {
  const { action, commentId, parentId, data, timestamp } = update;
  const reference = readText(data, 'reference') ?? before?.reference ?? null;
  const known = before ?? {
    key,
    id: commentId,
    parentKey: parentId === null ? null : String(parentId),
    author: 'Somebody',
    text: '',
    moment: momentOf(timestamp),
    isOwn: false,
    isSimulated: false,
    isExpert: false,
    isEdited: false,
    removal: null,
    reference,
  };
  if (action === 'deleted') {
    const reason = readText(data, 'reason');
    return {
      ...known,
      removal: reason === undefined ? 'Taken back by its author.' : `Removed: ${reason}.`,
    };
  }
  return {
    ...known,
    author: readText(data, 'user_name') ?? readText(data, 'author') ?? known.author,
    text: textOf(update) ?? known.text,
    isOwn: known.isOwn || isOwnReference(reference ?? undefined),
    isSimulated: known.isSimulated || readField(data, 'simulated') === true,
    isExpert: known.isExpert || readField(data, 'expert') === true,
    isEdited: known.isEdited || action === 'updated' || readField(data, 'edited') === true,
    reference,
  };
}

function textOf({ data }: CommentUpdate): string | undefined {
  return readText(data, 'text') ?? readText(data, 'content') ?? readText(data, 'comment');
}

function timeOf({ moment }: Comment): number {
  return moment?.getTime() ?? 0;
}
