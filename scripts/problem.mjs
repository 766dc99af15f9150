import { readFileSync } from 'node:fs';

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
 * `--help` prints the comment the script begins with, which says what it does and how it is called.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code, nothing means 0
 * @param {{ answersHelp?: boolean }} [options] `answersHelp`: the script has more to say to `--help` itself
 */
export async function runScript(main, { answersHelp = false } = {}) {
  const [, script = '', ...args] = process.argv;
  if (args.includes('--help') && !answersHelp) {
    console.log(usageOf(readFileSync(script, 'utf8')));
    return;
  }
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${describeFailure(error)}\n`);
    process.exitCode = error instanceof Problem ? error.exitCode : 1;
  }
}

/**
 * @param {string} source of a script
 * @returns {string} what its first comment says
 */
function usageOf(source) {
  const [, comment = ''] = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(source) ?? [];
  return comment.replace(/^ \* ?/gm, '');
}

/** @param {unknown} error */
export function describeFailure(error) {
  if (error instanceof Problem) return error.message;
  if (process.env.CIVIC_REALTIME_DEBUG && error instanceof Error) return String(error.stack);
  const message = error instanceof Error ? error.message : String(error);
  return `Unexpected failure: ${message}\n(CIVIC_REALTIME_DEBUG=1 shows where it happened.)`;
}
