#!/usr/bin/env node
import { argv, cwd, stderr, stdout } from 'node:process';

// Loaded here and nowhere else: the runtime of the package has no part of it.
const { runCommandLine } = await import('./command-line.js');

process.exitCode = await runCommandLine(argv.slice(2), {
  workingFolder: cwd(),
  write: (text) => stdout.write(text),
  writeError: (text) => stderr.write(text),
});
