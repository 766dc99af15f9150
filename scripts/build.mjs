/**
 * Builds what changed: the engine, the package, the demo page.
 *
 *   npm run build [-- engine | package | page …]
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { run } from './command.mjs';
import { findEmscripten, provideEmscripten } from './emscripten.mjs';
import { withLock } from './lock.mjs';
import { repositoryRoot, stampFolder } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';
import { setUp } from './setup.mjs';
import { Stamp } from './stamp.mjs';

const ENGINE_FOLDER = join(repositoryRoot, 'build/wasm');
const ENGINE_FILES = ['js', 'wasm', 'recording.wasm', 'd.ts'].map(
  (ending) => `build/wasm/wasm/engine.${ending}`,
);
const PACKAGE_INPUTS = [
  ...['package-lock.json', 'tsconfig.base.json', ...ENGINE_FILES],
  ...[
    'js/src',
    'js/package.json',
    'js/tsconfig.json',
    'js/tsdown.config.ts',
    'js/bundled-licenses.ts',
    // It goes into the package, for developing against.
    'web-demo/gateway',
  ],
];

/**
 * In the order in which they depend on each other.
 *
 * @type {Readonly<Record<string, import('./stamp.mjs').Step & { build: () => Promise<void> }>>}
 */
export const targets = {
  engine: {
    name: 'engine',
    inputs: ['CMakeLists.txt', 'CMakePresets.json', 'cmake', 'core', 'wasm'],
    outputs: ENGINE_FILES,
    build: buildEngine,
  },
  package: {
    name: 'package',
    inputs: PACKAGE_INPUTS,
    outputs: ['index.js', 'index.d.ts', 'worker.js', 'engine.wasm'].map(
      (file) => `js/dist/${file}`,
    ),
    build: () => buildWorkspace('package', 'js', 'Building the package …'),
  },
  page: {
    name: 'page',
    inputs: [
      ...PACKAGE_INPUTS,
      ...['web-demo/app', 'web-demo/package.json', 'web-demo/vite.config.ts'],
    ],
    outputs: ['build/demo/index.html'],
    build: () => buildWorkspace('page', 'web-demo', 'Building the demo page …'),
  },
};

/**
 * Brings targets up to date, with everything they depend on.
 *
 * @param {readonly string[]} [wanted]
 */
export async function build(wanted = Object.keys(targets)) {
  const names = Object.keys(targets);
  const last = Math.max(...wanted.map((name) => names.indexOf(name)));
  await setUp([]);
  await withLock(
    join(stampFolder, 'build.lock'),
    { whileWaiting: 'Another process is building in this folder; waiting for it …' },
    async () => {
      for (const name of names.slice(0, last + 1)) await targets[name]?.build();
    },
  );
}

async function buildEngine() {
  const stamp = stampOf('engine');
  if (stamp.isFresh(describeTool(await findEmscripten()))) return;
  await setUp(['engine']);
  const emscripten = await provideEmscripten();
  const tool = describeTool(emscripten);
  if (isConfiguredFor(ENGINE_FOLDER, emscripten) && (stamp.tool ?? tool) === tool) {
    report(`Building the engine with Emscripten ${emscripten.version} …`);
  } else {
    report(`Building the engine with Emscripten ${emscripten.version} (about a minute) …`);
    // CMake cannot change its compiler within a build folder.
    rmSync(ENGINE_FOLDER, { recursive: true, force: true });
  }
  stamp.clear();
  const options = { cwd: repositoryRoot, environment: emscripten.environment };
  const purpose = 'Building the engine';
  await run(emscripten.emcmake, ['cmake', '--preset', 'wasm'], {
    ...options,
    output: 'merge',
    purpose,
  });
  await run('cmake', ['--build', '--preset', 'wasm'], { ...options, purpose });
  stamp.write(tool);
}

/**
 * @param {string} name
 * @param {string} workspace
 * @param {string} announcement
 */
async function buildWorkspace(name, workspace, announcement) {
  const stamp = stampOf(name);
  const tool = `Node ${process.versions.node.split('.')[0]}`;
  if (stamp.isFresh(tool)) return;
  stamp.clear();
  report(announcement);
  await run('npm', ['run', 'build', '--silent', '-w', workspace], {
    cwd: repositoryRoot,
    output: 'merge',
    purpose: announcement.replace(' …', ''),
  });
  stamp.write(tool);
}

/** @param {string} name */
function stampOf(name) {
  return new Stamp(/** @type {import('./stamp.mjs').Step} */ (targets[name]));
}

/** @param {import('./emscripten.mjs').Emscripten | null} emscripten */
function describeTool(emscripten) {
  return emscripten && `Emscripten ${emscripten.version}, ${emscripten.emcc}`;
}

/**
 * @param {string} folder
 * @param {import('./emscripten.mjs').Emscripten} emscripten
 */
function isConfiguredFor(folder, { toolchainFile }) {
  const cache = join(folder, 'CMakeCache.txt');
  return (
    existsSync(cache) &&
    readFileSync(cache, 'utf8').match(/^CMAKE_TOOLCHAIN_FILE:\w+=(.*)$/m)?.[1] === toolchainFile
  );
}

/** @param {string} line */
function report(line) {
  process.stderr.write(`${line}\n`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const wanted = argv.slice(2);
    const unknown = wanted.filter((name) => !(name in targets));
    if (unknown.length > 0) {
      throw new Problem(
        `Unknown target ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}.`,
      );
    }
    await build(wanted.length > 0 ? wanted : undefined);
    report('Everything is built.');
  });
}
