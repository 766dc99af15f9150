#!/usr/bin/env node
import process, { argv, cwd, env, stderr, stdout } from 'node:process';

// Loaded here and nowhere else: the runtime of the package has no part of it.
const { runCommandLine } = await import('./command-line.js');

const exitCode = await runCommandLine(argv.slice(2), {
  workingFolder: cwd(),
  write: (text) => stdout.write(text),
  writeError: (text) => stderr.write(text),
  startGateway: async (options) => {
    const { runGateway } = await import('./gateway.js');
    await runGateway(options, env);
  },
});
// A gateway that cannot start has set it by itself.
if (exitCode !== 0) process.exitCode = exitCode;
