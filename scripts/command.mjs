import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { Problem } from './problem.mjs';

/**
 * Children run in process groups of their own, so that a stop reaches their children too.
 *
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const running = new Set();

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {'inherit' | 'capture' | 'merge'} [output] `inherit` shows the output as it comes (default);
 *   `capture` collects stdout and stderr apart; `merge` collects both in `stdout`, in order
 */

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code; 128 + n for signal n; 127 when the program does not exist
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * Runs a program to its end and reports how it went. Never throws for a failing program.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function attempt(program, args, options = {}) {
  const { cwd, environment = process.env, output = 'inherit' } = options;
  return new Promise((resolve) => {
    const pipe = output === 'inherit' ? 'inherit' : 'pipe';
    const child = spawn(program, args, {
      cwd,
      env: environment,
      stdio: ['ignore', pipe, pipe],
      detached: true,
    });
    remember(child);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      if (output === 'merge') stdout += text;
      else stderr += text;
    });
    child.on('error', (error) => {
      forget(child);
      const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
      resolve({ code: missing ? 127 : 126, stdout, stderr: stderr + error.message });
    });
    child.on('close', (code, signal) => {
      forget(child);
      resolve({ code: code ?? 128 + signalNumber(signal), stdout, stderr });
    });
  });
}

/**
 * Runs a program that has to succeed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions & { purpose?: string }} [options] `purpose` starts the failure message
 * @returns {Promise<CommandResult>}
 * @throws {Problem} naming the command, its exit code and the end of what it printed
 */
export async function run(program, args, options = {}) {
  const result = await attempt(program, args, options);
  if (result.code === 0) return result;
  const command = [program, ...args].join(' ');
  const shown = command.length > 300 ? `${command.slice(0, 300)} …` : command;
  const printed = lastLines(`${result.stdout}\n${result.stderr}`, 30);
  const reason =
    result.code === 127 ? `${program} was not found` : `it ended with exit code ${result.code}`;
  throw new Problem(
    `${options.purpose ?? 'A command'} failed: ${reason}.\n  ${shown}${printed && `\n${printed}`}`,
  );
}

/**
 * The full path of a program on the PATH, or null.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function findProgram(name, environment = process.env) {
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    if (!folder) continue;
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/**
 * Sends a signal to a child and everything it started.
 *
 * @param {import('node:child_process').ChildProcess} child started with `detached: true`
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}

const INTERRUPTIONS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * While a program runs, an interruption stops it and ends this process.
 *
 * @param {NodeJS.Signals} signal
 */
function stopEverything(signal) {
  for (const child of running) signalGroup(child, 'SIGTERM');
  process.exit(128 + signalNumber(signal));
}

/** @param {import('node:child_process').ChildProcess} child */
function remember(child) {
  if (running.size === 0) {
    for (const signal of INTERRUPTIONS) process.on(signal, stopEverything);
  }
  running.add(child);
}

/** @param {import('node:child_process').ChildProcess} child */
function forget(child) {
  running.delete(child);
  if (running.size > 0) return;
  for (const signal of INTERRUPTIONS) process.off(signal, stopEverything);
}

/** @param {NodeJS.Signals | null} signal */
function signalNumber(signal) {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
  return (signal && /** @type {Record<string, number>} */ (numbers)[signal]) ?? 1;
}

/**
 * @param {string} text
 * @param {number} count
 */
function lastLines(text, count) {
  const lines = text.trim().split('\n');
  return lines.length <= count ? lines.join('\n') : ['…', ...lines.slice(-count)].join('\n');
}
