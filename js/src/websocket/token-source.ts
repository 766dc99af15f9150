import { EngineError } from '../engine/engine-error.js';
import type { GetToken } from '../types.js';

const rememberedTokens = 4;

/** Shorter ones are no secret, and would turn up in innocent words. */
const shortestRedacted = 6;

/** The tokens of one manager. They leave it for the engine only: whatever people may see goes through `redact`. */
export class TokenSource {
  private latest = '';
  private pending: Promise<string | null> | null = null;
  private readonly seen = new Set<string>();
  private inUse = '';
  private readonly listeners = new Set<() => void>();

  constructor(private readonly getToken: GetToken | undefined) {}

  /** Asks the caller's `getToken`, once for all who wait at the same time. */
  request(): Promise<string | null> {
    this.pending ??= this.ask().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  /** What the caller gave last; empty when he gave none. */
  get current(): string {
    return this.latest;
  }

  set current(token: string) {
    this.latest = token;
    this.remember(token);
    this.use(token);
  }

  /** Whom the connection is for: what came last, from the caller or from his `getToken`; empty when nothing did. */
  get identity(): string {
    return this.inUse;
  }

  /** Calls `listener` whenever `identity` changed. */
  watchIdentity(listener: () => void): () => void {
    const watcher = (): void => {
      listener();
    };
    this.listeners.add(watcher);
    return () => {
      this.listeners.delete(watcher);
    };
  }

  redact(text: string): string {
    let redacted = text;
    for (const token of this.seen) {
      redacted = redacted.replaceAll(token, '[token]');
      redacted = redacted.replaceAll(encodeURIComponent(token), '[token]');
    }
    return redacted;
  }

  private remember(token: string): void {
    if (token.length < shortestRedacted) return;
    this.seen.add(token);
    // Only the newest can still come back in a server's words.
    const [oldest] = this.seen;
    if (this.seen.size > rememberedTokens && oldest !== undefined) this.seen.delete(oldest);
  }

  private async ask(): Promise<string | null> {
    let token: unknown;
    try {
      token = await this.getToken?.();
    } catch (cause) {
      throw new EngineError('token-unavailable', 'getToken failed; see the cause.', { cause });
    }
    if (token === null || token === undefined || token === '') return null;
    if (typeof token !== 'string') {
      throw new EngineError('token-unavailable', `getToken gave a ${typeof token} for a string.`);
    }
    this.remember(token);
    this.use(token);
    return token;
  }

  private use(token: string): void {
    if (token === this.inUse) return;
    this.inUse = token;
    for (const listener of [...this.listeners]) listener();
  }
}
