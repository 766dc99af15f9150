import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

import { Command, CommanderError } from 'commander';

import { legacyModules } from './legacy-modules.js';
import { Migration } from './migration.js';

/** Where a command line reads and writes, and what it starts. */
export interface Terminal {
  readonly workingFolder: string;
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Takes the gateway's own options; it explains and checks them itself. */
  readonly startGateway: (options: readonly string[]) => Promise<void>;
}

/** What the user gave is not possible; the message is one sentence that says what is. */
class UsageProblem extends Error {}

const defaultTarget = '@client/core/realtime';

/** Runs `civic-realtime` with its arguments. Returns the exit code: 2 for a wrong command line, 1 for files that failed. */
export async function runCommandLine(
  given: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let exitCode = 0;
  const program = new Command('civic-realtime')
    .description('Tools of the package civic-realtime.')
    .exitOverride()
    .configureOutput({ writeOut: terminal.write, writeErr: () => undefined });
  program
    .command('migrate')
    .description('Rewrite imports of the legacy WebSocket modules to the real-time module.')
    .argument('<folder>', 'the folder whose source files are rewritten')
    .option('--to <module>', 'the module that new imports name', defaultTarget)
    .option(
      '--client <folder>',
      'what @client stands for, when no TypeScript configuration says so',
    )
    .option('--dry', 'print a unified diff and change nothing', false)
    .allowExcessArguments(false)
    .action(async (folder: string, options: { to: string; client?: string; dry: boolean }) => {
      const { workingFolder, write } = terminal;
      const isComplete = await new Migration({
        folder: existingFolder(folder, workingFolder),
        target: checkedTarget(options.to),
        clientFolder:
          options.client === undefined ? null : existingFolder(options.client, workingFolder),
        isDry: options.dry,
        workingFolder: realpathSync(workingFolder),
        write,
      }).run();
      exitCode = isComplete ? 0 : 1;
    });
  program
    .command('gateway')
    .description('Start the reference gateway, a server to develop against, with simulated bills.')
    .argument('[options...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(terminal.startGateway);
  try {
    if (given.length === 0)
      throw new UsageProblem('A command is missing; there are migrate <folder> and gateway.');
    await program.parseAsync([...given], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (!(error instanceof CommanderError || error instanceof UsageProblem)) throw error;
    terminal.writeError(
      error instanceof CommanderError ? `${sentence(error.message)}\n` : `${error.message}\n`,
    );
    return 2;
  }
  return exitCode;
}

function existingFolder(name: string, workingFolder: string): string {
  const folder = resolve(workingFolder, name);
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status === undefined) throw new UsageProblem(`There is no folder ${folder}.`);
  if (!status.isDirectory()) throw new UsageProblem(`${folder} is no folder; migrate takes one.`);
  return realpathSync(folder);
}

function checkedTarget(target: string): string {
  if (!/^(@[\w.-]+\/)?[\w~-][\w.~/-]*$/.test(target)) {
    throw new UsageProblem(
      `--to takes the name of a module, such as ${defaultTarget} or civic-realtime, not "${target}".`,
    );
  }
  if (legacyModules.some(({ name }) => name === target)) {
    throw new UsageProblem(`--to names ${target}, which is one of the modules to be replaced.`);
  }
  return target;
}

/** The parser's message, as a sentence that says where to look. */
function sentence(message: string): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replace('. ', ', ')
    .replace(/\s*\n\s*/g, ' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}; see civic-realtime migrate --help.`;
}
