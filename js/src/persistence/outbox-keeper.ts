import type { WaitingMessage } from '../engine/cell-records.js';
import type { Timers } from '../engine/timers.js';
import { Keeper, type KeptThings } from './keeper.js';
import { OutboxArchive } from './outbox-archive.js';

/** The messages of one page that wait to be sent or acknowledged, oldest first. */
export interface KeptOutbox extends KeptThings<WaitingMessage> {
  /** Whether a text has a secret in it that must not be stored. */
  hasSecret(text: string): boolean;
}

/**
 * Keeps the waiting messages of one page for the next visit. What the page was told is not sent, because its engine broke
 * down, is not sent then either; what an earlier visit left goes on waiting.
 */
export class OutboxKeeper extends Keeper<WaitingMessage> {
  constructor(
    page: KeptOutbox,
    private readonly outbox = new OutboxArchive(),
    timers?: Timers,
  ) {
    const idOf = ({ messageId }: WaitingMessage): string => messageId;
    const rules = {
      idOf,
      isWorthKeeping: ({ message }: WaitingMessage) => !page.hasSecret(message),
      cameAfter(others: readonly WaitingMessage[]) {
        const ids = new Set(others.map(idOf));
        return (message: WaitingMessage) => !ids.has(message.messageId);
      },
      isStillWanted: (_message: WaitingMessage, wasGivenBack: boolean) => wasGivenBack,
    };
    super(page, rules, outbox, timers);
  }

  override start(): void {
    super.start();
    globalThis.addEventListener('pagehide', this.leave);
    globalThis.addEventListener('pageshow', this.comeBack);
  }

  protected override end(): void {
    super.end();
    globalThis.removeEventListener('pagehide', this.leave);
    globalThis.removeEventListener('pageshow', this.comeBack);
    this.leave();
  }

  /** A page in the back/forward cache sends nothing: until it is back, what it has may be sent by another. */
  private readonly leave = (): void => {
    void this.settled().then(() => {
      this.outbox.leave();
    });
  };

  private readonly comeBack = (event: Event): void => {
    if ((event as PageTransitionEvent).persisted) void this.outbox.comeBack();
  };
}
