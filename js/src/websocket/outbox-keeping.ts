import { CellKind } from '../engine/abi.js';
import { EngineError, messageOf } from '../engine/engine-error.js';
import type { EngineClient } from '../engine/client.js';
import { guest } from '../persistence/guest.js';
import type { OutboxKeeper } from '../persistence/outbox-keeper.js';
import type { SubscriptionTable } from './subscription-table.js';
import type { TokenSource } from './token-source.js';

/** What the engine's own topic is called that says what waits to be sent. */
const outboxTopic = 'local:outbox';

/** Messages that have no business in any storage, whatever is in them. */
const secretTypes = /"type"\s*:\s*"auth"/;

interface Parts {
  readonly engine: EngineClient;
  readonly subscriptions: SubscriptionTable;
  readonly tokens: TokenSource;
  readonly report: (error: EngineError) => void;
}

/**
 * With `notifications.persistOffline`, messages that wait to be sent or acknowledged are kept until the next visit of the
 * same user, or of a guest if a guest sent them. The code that does it is loaded with the first connection.
 */
export class OutboxKeeping {
  private keeper: OutboxKeeper | null = null;
  private isOn = false;
  private hasFailed = false;

  constructor(
    private readonly isWanted: boolean,
    private readonly parts: Parts,
  ) {}

  /** A connection is asked for. */
  begin(): void {
    if (this.isOn || !this.isWanted || !canStore()) return;
    this.isOn = true;
    this.load().catch((error: unknown) => {
      this.fail(error);
    });
  }

  /** Whoever waits is told that nothing is sent any more, so nothing is kept. */
  end(): void {
    this.isOn = false;
    this.keeper?.forget();
    this.keeper = null;
    this.parts.subscriptions.release(outboxTopic);
  }

  private async load(): Promise<void> {
    const { OutboxKeeper } = await import('../persistence/outbox-keeper.js');
    if (!this.isOn || this.keeper !== null) return;
    const { engine, subscriptions, tokens } = this.parts;
    const { readModel } = engine;
    subscriptions.hold(outboxTopic);
    this.keeper = new OutboxKeeper({
      limit: Infinity,
      token: () => (tokens.isGuest ? guest : tokens.identity),
      watchToken: (listener) => tokens.watchIdentity(listener),
      isKnown: () => readModel.version(outboxTopic, CellKind.outbox) !== 0,
      all: () => readModel.value(outboxTopic, CellKind.outbox) ?? [],
      watch: (listener) => readModel.watch(outboxTopic, CellKind.outbox, listener),
      restore: (messages) => {
        engine.command('restoreOutbox', JSON.stringify(messages));
      },
      hasSecret: (text) => secretTypes.test(text) || tokens.redact(text) !== text,
      fail: (error) => {
        this.fail(error);
      },
    });
    this.keeper.start();
  }

  /** One error event, however often it fails: the same is wrong every time. */
  private fail(cause: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    const message = `Messages that wait to be sent cannot be kept for the next visit: ${messageOf(cause)}`;
    this.parts.report(new EngineError('storage-unavailable', message, { cause }));
  }
}

/** Hashes need a secure page, and so do locks. */
function canStore(): boolean {
  const { indexedDB, crypto, navigator } = globalThis as {
    indexedDB?: unknown;
    crypto?: { subtle?: unknown };
    navigator?: { locks?: unknown };
  };
  return indexedDB !== undefined && crypto?.subtle !== undefined && navigator?.locks !== undefined;
}
