import type { LogDetails, Logger } from '../../../../js/src/types.js';
// Loaded already, so that lines are written as soon as promises that are resolved have been awaited.
import '../../../../js/src/logging/log-writer.js';

/** Keeps what it is given, as `level line` and with its details. */
export class RecordingLogger implements Logger {
  readonly lines: string[] = [];
  readonly details: LogDetails[] = [];

  error = this.taker('error');
  warn = this.taker('warn');
  info = this.taker('info');
  debug = this.taker('debug');

  private taker(level: string) {
    return (line: string, details: LogDetails): void => {
      this.lines.push(`${level} ${line}`);
      this.details.push(details);
    };
  }
}

/** Resolves when a log that was made before it writes. */
export async function logWrites(): Promise<void> {
  await import('../../../../js/src/logging/log-writer.js');
}
