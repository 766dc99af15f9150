import type { Comment } from './comment';

/** A comment with what answers it. */
export interface Thread {
  readonly comment: Comment;
  /** Oldest first. */
  readonly replies: readonly Thread[];
}

/** From comments, oldest first, to threads, newest first. What was removed shows only where somebody answered it. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const known = new Set(comments.map(({ key }) => key));
  const children = new Map<string | null, Comment[]>();
  for (const comment of comments) {
    // What it answers may be too old to be known; then it stands for itself.
    const { parentKey } = comment;
    const parent = parentKey !== null && known.has(parentKey) ? parentKey : null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [comment]);
    else siblings.push(comment);
  }
  const grow = (parent: string | null, depth: number): Thread[] =>
    (children.get(parent) ?? [])
      .map((comment) => ({
        comment,
        replies: depth < deepest ? grow(comment.key, depth + 1) : [],
      }))
      .filter(({ comment, replies }) => comment.removal === null || replies.length > 0);
  return grow(null, 0).reverse();
}

/** Servers could send comments that answer each other in a circle. */
const deepest = 50;

export function countComments(threads: readonly Thread[]): number {
  return threads.reduce(
    (sum, { comment, replies }) =>
      sum + (comment.removal === null ? 1 : 0) + countComments(replies),
    0,
  );
}
