import type { EngineErrorCode } from './error-codes.js';

/** An error of the engine or of the way to it. `code` is stable and meant for programs, `message` for people. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly context?: Readonly<Record<string, unknown>>;

  constructor(
    code: EngineErrorCode,
    message: string,
    details: { cause?: unknown; context?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    if (details.context !== undefined) this.context = details.context;
  }
}

/** The parts of an error that survive a `postMessage`. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** `fallbackCode` names errors that have no code of their own. */
export function reportOf(error: unknown, fallbackCode: string): ErrorReport {
  if (error instanceof EngineError) {
    const { code, message, context } = error;
    return context === undefined ? { code, message } : { code, message, context: { ...context } };
  }
  return { code: fallbackCode, message: messageOf(error) };
}

export function errorFrom(report: ErrorReport): EngineError {
  return new EngineError(
    report.code,
    report.message,
    report.context === undefined ? {} : { context: report.context },
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
