/**
 * A failure that a person can act on. Its message is shown as it is, without a stack trace,
 * and must say what is wrong and what to do about it.
 */
export class Problem extends Error {
  /**
   * @param {string} message
   * @param {{ exitCode?: number, cause?: unknown }} [options]
   */
  constructor(message, { exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.name = 'Problem';
    this.exitCode = exitCode;
  }
}

/**
 * Runs the body of a command-line script. Whatever it throws ends as one readable message and an
 * exit code; `CIVIC_REALTIME_DEBUG=1` adds the stack of an unexpected failure.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code, nothing means 0
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${describeFailure(error)}\n`);
    process.exitCode = error instanceof Problem ? error.exitCode : 1;
  }
}

/** @param {unknown} error */
export function describeFailure(error) {
  if (error instanceof Problem) return error.message;
  if (process.env.CIVIC_REALTIME_DEBUG && error instanceof Error) return String(error.stack);
  const message = error instanceof Error ? error.message : String(error);
  return `Unexpected failure: ${message}\n(CIVIC_REALTIME_DEBUG=1 shows where it happened.)`;
}
