/**
 * Cranks the native engine through a recording: what happened, the state in the end, and where this
 * engine goes another way than the one that was recorded. docs/recording.md describes recordings.
 *
 *   npm run replay <file> -- [--until <input>] [--states] [--update <new file>]
 */
import { argv } from 'node:process';

import { attempt } from './command.mjs';
import { runScript } from './problem.mjs';
import { buildReplay, replayProgram } from './replay-program.mjs';

await runScript(async () => {
  await buildReplay();
  const { code } = await attempt(replayProgram, argv.slice(2));
  return code;
});
