/**
 * What an application ships when it uses every hook: bundled and minified by Vite, gzipped. Limits
 * are where the package stands; a commit that raises one says which feature is worth it. The goals
 * are what it should come to.
 *
 *   node scripts/package-size.mjs
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

// @ts-expect-error It comes without types.
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';
import { build as bundle } from 'vite';

import { build } from './build.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';

const SOURCE_FOLDER = join(repositoryRoot, 'build/size/source');
const BUNDLE_FOLDER = join(repositoryRoot, 'build/size/bundle');

/** Every hook that is exported, so that a new one is measured too. */
const HOOKS = new Set(
  readFileSync(join(repositoryRoot, 'js/src/react.ts'), 'utf8').match(/\buse[A-Z]\w*/g),
);
const USED = ['realTimeService', ...HOOKS].join(', ');

const APPLICATION = `
import { ${USED} } from 'civic-realtime';
console.log([${USED}]);
`;

/**
 * @typedef {object} Budget
 * @property {string} name
 * @property {RegExp} files of the bundle
 * @property {number} limitKb thousands of bytes; more is a failure
 * @property {number} [goalKb]
 */

/** @type {readonly Budget[]} */
const BUDGETS = [
  { name: 'loaded before the first connect', files: /^main\.js$/, limitKb: 28, goalKb: 10 },
  { name: 'the worker and its glue', files: /^(worker|engine)\b.*\.js$/, limitKb: 12 },
  { name: 'the engine', files: /^engine\.wasm$/, limitKb: 91 },
  // Instead of the engine, where a page asks for recordings.
  { name: 'the engine that records', files: /^engine\.recording\.wasm$/, limitKb: 103 },
  {
    name: 'all of these',
    files: /^(main\.js|(worker|engine)\b(?!\.recording).*)$/,
    limitKb: 130,
    goalKb: 60,
  },
];

async function measure() {
  await build(['package']);
  await bundleApplication();
  const names = readdirSync(BUNDLE_FOLDER).filter((name) => !name.endsWith('.map'));
  const checks = BUDGETS.map(({ name, files }) => {
    const found = names.filter((file) => files.test(file));
    if (found.length === 0) {
      throw new Problem(`There is no file for "${name}" among ${names.join(', ')}.`);
    }
    return { files: found.map((file) => join(BUNDLE_FOLDER, file)), gzip: true };
  });
  /** @type {{ size: number }[]} */
  const results = /** @type {any} */ (
    await sizeLimit([filePlugin], /** @type {any} */ ({ checks }))
  );
  const rows = BUDGETS.map((budget, index) => ({
    ...budget,
    kb: (results[index]?.size ?? Infinity) / 1000,
  }));
  for (const row of rows) console.log(describe(row));
  const exceeded = rows.filter(({ kb, limitKb }) => kb > limitKb);
  if (exceeded.length === 0) return;
  throw new Problem(
    `Larger than allowed: ${exceeded.map(({ name }) => name).join(', ')}. ` +
      'Find out what grew. Only a new feature may raise a limit in scripts/package-size.mjs.',
  );
}

async function bundleApplication() {
  rmSync(SOURCE_FOLDER, { recursive: true, force: true });
  mkdirSync(SOURCE_FOLDER, { recursive: true });
  writeFileSync(join(SOURCE_FOLDER, 'main.js'), APPLICATION);
  const named = { chunkFileNames: '[name].js', assetFileNames: '[name][extname]' };
  await bundle({
    configFile: false,
    root: SOURCE_FOLDER,
    logLevel: 'error',
    worker: {
      format: 'es',
      rolldownOptions: { output: { ...named, entryFileNames: '[name].js' } },
    },
    build: {
      outDir: BUNDLE_FOLDER,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        input: join(SOURCE_FOLDER, 'main.js'),
        // An application has React anyway.
        external: /^react($|\/)/,
        output: { ...named, entryFileNames: '[name].js' },
      },
    },
  });
}

/** @param {Budget & { kb: number }} row */
function describe({ name, kb, limitKb, goalKb }) {
  const goal = goalKb === undefined ? '' : `, goal ${goalKb} kB`;
  return `${kb.toFixed(1).padStart(7)} kB  ${name} (limit ${limitKb} kB${goal})`;
}

if (argv[1] === fileURLToPath(import.meta.url)) await runScript(measure);
