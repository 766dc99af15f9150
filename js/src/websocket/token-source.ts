import { rememberedTokens } from '../engine/abi.js';
import { EngineError, type ErrorReport } from '../engine/engine-error.js';
import type { GetToken } from '../types.js';

/** Longer than anybody waits for a token who then asks again: see `token_timeout_ms` of the engine's session. */
const longestAskingMs = 25_000;

interface Asking {
  readonly sinceMs: number;
  readonly answer: Promise<string | null>;
}

/** Shorter ones are no secret, and would turn up in innocent words. */
const shortestRedacted = 6;

/** So much of a token is enough to know it by. */
const recognizedLength = 8;

/** The tokens of one manager. They leave it for the engine only: whatever people may see goes through `redact`. */
export class TokenSource {
  private latest = '';
  private pending: Asking | null = null;
  /** In every form in which they may show. */
  private readonly seen = new Map<string, readonly string[]>();
  private inUse = '';
  /** `getToken` said so. */
  private hasNone = false;
  private readonly listeners = new Set<() => void>();

  /** `now`: milliseconds, whatever since. */
  constructor(
    private readonly getToken: GetToken | undefined,
    private readonly now: () => number,
  ) {}

  /**
   * Asks the caller's `getToken`, once for all who wait at the same time. One that has not answered for long is given up:
   * who asks then makes it be called again.
   */
  request(): Promise<string | null> {
    const { pending } = this;
    if (pending !== null && this.now() - pending.sinceMs < longestAskingMs) return pending.answer;
    const asking: Asking = { sinceMs: this.now(), answer: this.ask(() => this.pending === asking) };
    this.pending = asking;
    const done = (): void => {
      if (this.pending === asking) this.pending = null;
    };
    asking.answer.then(done, done);
    return asking.answer;
  }

  /** Whether there is a token, or may be one. */
  get isUsed(): boolean {
    return this.latest !== '' || this.getToken !== undefined;
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

  /** Whether it is known that there is no token, and not only that none is known. */
  get isGuest(): boolean {
    return this.inUse === '' && (this.getToken === undefined || this.hasNone);
  }

  /** Calls `listener` whenever `identity` or `isGuest` changed. */
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
    return withoutSecrets(text, [...this.seen.values()].flat());
  }

  /** The report without tokens, in its message and in what it says of the circumstances. */
  redactReport({ code, message, context }: ErrorReport): ErrorReport {
    const redacted = { code, message: this.redact(message) };
    if (context === undefined) return redacted;
    const entries = Object.entries(context).map(([name, value]) => [
      name,
      typeof value === 'string' ? this.redact(value) : value,
    ]);
    return { ...redacted, context: Object.fromEntries(entries) as Record<string, unknown> };
  }

  private remember(token: string): void {
    if (token.length < shortestRedacted) return;
    this.seen.delete(token);
    this.seen.set(token, [token, percentEncoded(token), base64Url(token)]);
    // Only the newest can still come back in a server's words.
    const [oldest] = this.seen.keys();
    if (this.seen.size > rememberedTokens && oldest !== undefined) this.seen.delete(oldest);
  }

  /** `isWanted`: nobody was asked since. */
  private async ask(isWanted: () => boolean): Promise<string | null> {
    let token: unknown;
    try {
      token = await this.getToken?.();
    } catch (cause) {
      throw new EngineError('token-unavailable', 'getToken failed; see the cause.', { cause });
    }
    if (token === null || token === undefined || token === '') {
      if (isWanted()) this.useNone();
      return null;
    }
    if (typeof token !== 'string') {
      throw new EngineError('token-unavailable', `getToken gave a ${typeof token} for a string.`);
    }
    this.remember(token);
    if (isWanted()) this.use(token);
    return token;
  }

  private use(token: string): void {
    if (token === this.inUse) return;
    this.inUse = token;
    this.hasNone = false;
    this.tell();
  }

  private useNone(): void {
    if (this.hasNone || this.inUse !== '') return;
    this.hasNone = true;
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/**
 * Texts may have been cut off in the middle of a secret, so its beginning and what follows of it go. Forms of
 * one token begin alike: of those that are found at one place, the one that goes on longest counts.
 */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const pieces: string[] = [];
  let taken = 0;
  let position = 0;
  while (position < text.length) {
    const length = Math.max(0, ...secrets.map((secret) => lengthInCommon(text, position, secret)));
    if (length > 0) {
      pieces.push(text.slice(taken, position), '[token]');
      taken = position + length;
    }
    position += Math.max(length, 1);
  }
  // A text put together letter by letter would take twenty bytes for each, wherever it is kept.
  return taken === 0 ? text : pieces.join('') + text.slice(taken);
}

/** How much of the secret is there; 0 when too little to know it by. */
function lengthInCommon(text: string, position: number, secret: string): number {
  if (!text.startsWith(secret.slice(0, recognizedLength), position)) return 0;
  let length = Math.min(recognizedLength, secret.length);
  while (length < secret.length && text[position + length] === secret[length]) ++length;
  return length;
}

/** As an address has it. */
function percentEncoded(token: string): string {
  try {
    return encodeURIComponent(token);
  } catch {
    return token; // half a character has no such form
  }
}

/** As a subprotocol has it. */
function base64Url(token: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
