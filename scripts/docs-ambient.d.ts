// What examples in the documents take for granted: things of the reader's own application.
import type { expect as Expect, test as Test } from 'vitest';

declare global {
  /** The token of whoever is signed in. */
  const token: string;
  /** The public half of the server's VAPID keys. */
  const applicationServerKey: string;
  const billId: number;
  const expect: typeof Expect;
  const test: typeof Test;
}
