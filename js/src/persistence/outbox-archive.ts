import { createStore, delMany, entries, set, type UseStore } from 'idb-keyval';

import type { WaitingMessage } from '../engine/cell-records.js';
import type { ThingArchive } from './keeper.js';
import { PageLock, type Locks } from './page-lock.js';

interface Shelf {
  readonly user: string;
  readonly messages: readonly WaitingMessage[];
}

/**
 * Messages that wait to be sent in this browser's IndexedDB: one shelf per page, because each page sends its own. A page
 * that begins takes over the shelves of the user's pages that are gone, which is told by a lock that a page holds for as
 * long as it is there. Every method rejects where the browser does not let it store.
 */
export class OutboxArchive implements ThingArchive<WaitingMessage> {
  private opened: UseStore | null = null;
  private readonly lock: PageLock;
  private readonly page: string;

  /** `page` is another for every page that ever was. */
  constructor(
    locks: Locks = navigator.locks,
    page: string = crypto.randomUUID(),
    private readonly now: () => number = Date.now,
  ) {
    this.page = page;
    this.lock = new PageLock(locks, lockName(page));
  }

  async load(user: string): Promise<readonly WaitingMessage[]> {
    await this.lock.hold();
    const messages = new Map<string, WaitingMessage>();
    for (const [page, shelf] of await this.shelves()) {
      if (shelf?.user !== user) continue;
      if (page !== this.page && !(await this.lock.isFree(lockName(page)))) continue;
      for (const message of this.alive(shelf)) messages.set(message.messageId, message);
      // Ours first: should this page end in between, they are there twice, and the server knows them by their ids.
      await this.save(user, [...messages.values()]);
      if (page !== this.page) await delMany([page], this.store);
    }
    return [...messages.values()];
  }

  async save(user: string, messages: readonly WaitingMessage[]): Promise<void> {
    if (messages.length === 0) await delMany([this.page], this.store);
    else await set(this.page, { user, messages } satisfies Shelf, this.store);
  }

  /** Messages nobody sent in their time are not sent any more. */
  async prune(): Promise<void> {
    const over = (await this.shelves()).filter(([, shelf]) => this.alive(shelf).length === 0);
    const pages = over.map(([page]) => page).filter((page) => page !== this.page);
    if (pages.length > 0) await delMany(pages, this.store);
  }

  /** The page may go on without us: another one may take over what it left. */
  leave(): void {
    this.lock.release();
  }

  /** The page is back. */
  async comeBack(): Promise<void> {
    await this.lock.hold();
  }

  /** Anybody may have written there. */
  private shelves(): Promise<[string, Partial<Shelf> | null][]> {
    return entries<string, Partial<Shelf> | null>(this.store);
  }

  private alive(shelf: Partial<Shelf> | null): readonly WaitingMessage[] {
    const messages: unknown = shelf?.messages;
    const all = Array.isArray(messages) ? (messages as (Partial<WaitingMessage> | null)[]) : [];
    const now = this.now();
    return all.filter(
      (message): message is WaitingMessage =>
        typeof message?.messageId === 'string' &&
        typeof message.expiresAt === 'number' &&
        message.expiresAt > now,
    );
  }

  private get store(): UseStore {
    this.opened ??= createStore('civic-realtime-outbox', 'messages');
    return this.opened;
  }
}

function lockName(page: string): string {
  return `civic-realtime outbox ${page}`;
}
