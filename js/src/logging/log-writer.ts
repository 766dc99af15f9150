import type { ConnectionSnapshot } from '../engine/client.js';
import { EngineError, messageOf } from '../engine/engine-error.js';
import { reportUncaught } from '../events/delivery-queue.js';
import type { Gap, LogDetails, LogLevel, RealTimeConfig, RealTimeMessage } from '../types.js';
import { configWarnings } from './config-warnings.js';
import type { LogEntry } from './log.js';

type LineLevel = Exclude<LogLevel, 'silent'>;

const severity: Readonly<Record<LogLevel, number>> = {
  silent: 0,
  error: 1,
  warn: 2,
  info: 3,
  debug: 4,
};

/** What an address may hide a secret in: a name and password, and a query. */
const secretsOfAddress = /(wss?:\/\/)(?:[^\s"'/@]*@)?([^\s"'?]*)(?:\?[^\s"']*)?/g;

/** Makes lines of what happens and gives them to the configured logger. Never of what messages contain. */
export class LogWriter {
  private readonly mostSevere: number;

  /** Begins with what the configuration says that has no effect. `redact` takes tokens out of a text. */
  constructor(
    private readonly config: RealTimeConfig,
    private readonly redact: (text: string) => string,
  ) {
    this.mostSevere = severity[config.logging.level];
    for (const warning of configWarnings(config)) {
      this.line('warn', warning.text, { event: 'configuration', field: warning.field });
    }
  }

  write(entry: LogEntry): void {
    switch (entry.about) {
      case 'connection':
        this.writeConnection(entry.now, entry.before);
        return;
      case 'gap':
        this.writeGap(entry.gap);
        return;
      case 'error':
        this.writeError(entry.error);
        return;
      case 'message':
        this.writeUnsent(entry.message, entry.error);
        return;
      case 'token':
        this.line('debug', 'A token is asked for.', { event: 'token' });
        return;
      case 'engine':
        this.line('info', entry.note, { event: 'engine' });
    }
  }

  private writeConnection(now: ConnectionSnapshot, before: ConnectionSnapshot): void {
    const { state, quality, attempt, code, reason, retryInMs, dialect, error } = now;
    if (state === before.state && attempt === before.attempt && code === before.code) {
      if (quality === before.quality) return;
      const details = { event: 'quality', quality, previousQuality: before.quality };
      this.line('debug', `The connection is ${quality} now.`, details);
      return;
    }
    const details: LogDetails = {
      event: 'connection',
      state,
      previousState: before.state,
      ...(attempt > 0 && { attempt }),
      ...(dialect !== undefined && { dialect }),
      ...(code !== undefined && { code }),
      ...(reason !== undefined && reason !== '' && { reason }),
      ...(retryInMs !== undefined && { retryInMs }),
      ...(error !== undefined && { error: error.code }),
    };
    const why = error?.message ?? closed(code, reason);
    const { url } = this.config.websocket;
    switch (state) {
      case 'connecting':
        this.line('info', `Connecting to ${url}`, details);
        return;
      case 'connected':
        this.line('info', `Connected to ${url} in dialect ${dialect ?? 'v1'}.`, details);
        return;
      case 'reconnecting': {
        if (retryInMs === undefined) {
          this.line('info', `Attempt ${attempt} to connect to ${url} again`, details);
          return;
        }
        const what = `Reconnecting in ${Math.round(retryInMs)} ms, attempt ${attempt}`;
        this.line('warn', sentence(what, why), details);
        return;
      }
      case 'failed':
        this.line('error', sentence('No connection, and no further attempt', why), details);
        return;
      case 'disconnected':
      case 'closed':
        this.line('info', sentence('Disconnected', why), details);
    }
  }

  private writeGap({ topic, from, to, recovered }: Gap): void {
    const span = from === to ? String(from) : `${from} to ${to}`;
    const which = to === null ? `from ${from} on; how many is not known` : span;
    const details = { event: 'gap', topic, from, to, recovered };
    if (recovered) this.line('info', `Messages of ${topic} came late: ${which}.`, details);
    else this.line('warn', `Messages of ${topic} are lost: ${which}.`, details);
  }

  private writeError(error: unknown): void {
    const text = messageOf(error);
    if (error instanceof EngineError) {
      this.line('warn', text, { event: 'error', error: error.code });
    } else {
      const name = error instanceof Error ? error.name : typeof error;
      this.line('error', `A listener threw: ${text}`, { event: 'listener', error: name });
    }
  }

  private writeUnsent(message: unknown, error: unknown): void {
    const { type } = (message ?? {}) as Partial<RealTimeMessage>;
    const isTyped = typeof type === 'string';
    const code = error instanceof EngineError ? error.code : 'unknown';
    // That a newer one takes the place of an older one is what `key` is for.
    const level = code === 'message-superseded' ? 'debug' : 'warn';
    const what = isTyped ? `A message of type ${type}` : 'A message';
    const details = { event: 'message', ...(isTyped && { type }), error: code };
    this.line(level, `${what} failed: ${messageOf(error)}`, details);
  }

  private line(level: LineLevel, text: string, details: LogDetails): void {
    if (severity[level] > this.mostSevere) return;
    const cleaned = Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? this.clean(value) : value,
    ]);
    const logger = this.config.logging.logger ?? console;
    try {
      logger[level](
        `civic-realtime: ${this.clean(text)}`,
        Object.fromEntries(cleaned) as LogDetails,
      );
    } catch (error) {
      reportUncaught(error);
    }
  }

  private clean(text: string): string {
    return this.redact(text).replaceAll(secretsOfAddress, '$1$2');
  }
}

function closed(code: number | undefined, reason: string | undefined): string | undefined {
  if (code === undefined) return reason;
  return `closed with ${code}${reason === undefined || reason === '' ? '' : ` (${reason})`}`;
}

function sentence(what: string, why: string | undefined): string {
  if (why === undefined || why === '') return `${what}.`;
  return `${what}: ${why}${/[.!?)]$/.test(why) ? '' : '.'}`;
}
