import { existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from '../command.mjs';
import { Problem } from '../problem.mjs';

const TRIAL_SOURCES = fileURLToPath(new URL('trial', import.meta.url));
const TRIAL_FLAGS = [
  ...['-std=c++20', '-O3', '-flto', '-msimd128', '-fno-exceptions', '-fno-rtti'],
  ...['-DEMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0', '-lembind', '-lwebsocket.js'],
  ...['--js-library', join(TRIAL_SOURCES, 'library.js'), '--emit-tsd', 'trial.d.ts'],
  ...['--no-entry', '-sSTRICT', '-sMODULARIZE', '-sEXPORT_ES6', '-sENVIRONMENT=web,worker,node'],
  ...['-sFILESYSTEM=0', '-sALLOW_MEMORY_GROWTH', '-sDYNAMIC_EXECUTION=0', '-sEMBIND_AOT'],
  ...['-sMALLOC=emmalloc', '-sEXPORTED_RUNTIME_METHODS=HEAPU8'],
];

/**
 * Compiles, links and runs a small program with the features that the engine's build uses. That
 * compiles Emscripten's system libraries, which a first build would otherwise do.
 *
 * @param {string} version what it should say it is
 * @param {{ path: string[], variables: Record<string, string> }} environment what it needs
 * @param {string} folder where to put the trial for a while
 * @throws {Problem} when anything is not as it should be
 */
export async function tryOut(version, { path, variables }, folder) {
  const environment = {
    ...process.env,
    ...variables,
    PATH: [...path, process.env.PATH].join(':'),
  };
  const purpose = `Trying out Emscripten ${version}`;
  const options = /** @type {const} */ ({ environment, output: 'capture', purpose });
  const { stdout } = await run('emcc', ['--version'], options);
  if (!stdout.includes(version)) {
    throw new Problem(`${purpose} failed: it says it is ${stdout.split('\n')[0]}`);
  }
  const trial = join(folder, 'trial');
  mkdirSync(trial, { recursive: true });
  try {
    await run('em++', [...TRIAL_FLAGS, join(TRIAL_SOURCES, 'trial.cc'), '-o', 'trial.mjs'], {
      ...options,
      cwd: trial,
    });
    const module = join(trial, 'trial.mjs');
    const result = await run(process.execPath, [join(TRIAL_SOURCES, 'run.mjs'), module], options);
    if (!/^5 engine with(out)? sockets 42$/.test(result.stdout.trim())) {
      throw new Problem(`${purpose} failed: the program printed "${result.stdout.trim()}".`);
    }
    if (!existsSync(join(trial, 'trial.d.ts'))) {
      throw new Problem(`${purpose} failed: it wrote no TypeScript declarations.`);
    }
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}
