/**
 * Breaks one rule of the engine at a time, in a copy of the sources, and sees whether the virtual world
 * notices. The mutations are in tests/simulation/mutations, one file each.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { attempt } from './command.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem } from './problem.mjs';
import { filesOf } from './stamp.mjs';

const MUTATION_FOLDER = 'tests/simulation/mutations';
const COPY_FOLDER = join('build', 'mutations');
const COPIED = [
  'CMakeLists.txt',
  'CMakePresets.json',
  'cmake',
  'core',
  'tests/simulation',
  'tests/core/support',
];

/** A mutation that so many schedules do not notice has survived. */
const MOST_SEEDS = 2000;

/**
 * @typedef {object} Mutation
 * @property {string} name the file's, without its ending
 * @property {string} rule what it breaks, as one sentence
 * @property {string} file relative to the root
 * @property {string} find a text that occurs exactly once
 * @property {string} replace
 */

/**
 * @param {string} [folder]
 * @returns {Mutation[]}
 */
export function readMutations(folder = join(repositoryRoot, MUTATION_FOLDER)) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: basename(file, '.json'),
      ...JSON.parse(readFileSync(join(folder, file), 'utf8')),
    }));
}

/**
 * @param {string} source
 * @param {Mutation} mutation
 * @throws {Problem} when the engine has changed so that the mutation has no place any more
 */
export function mutate(source, { name, file, find, replace }) {
  const places = source.split(find).length - 1;
  if (places !== 1) {
    throw new Problem(
      `Mutation ${name}: its text is ${places === 0 ? 'not' : `${places} times`} in ${file}; it must be there once.
Change \`find\` in ${MUTATION_FOLDER}/${name}.json so that it breaks the same rule again.`,
    );
  }
  return source.replace(find, () => replace);
}

/**
 * What the program printed when it noticed something, such as `lost 3, reordered 1`.
 *
 * @param {string} printed
 */
export function noticed(printed) {
  const figures = [...printed.matchAll(/^([a-z ]+): (\d+)$/gm)].filter(
    ([, , count]) => count !== '0',
  );
  return figures.map(([, name, count]) => `${name} ${count}`).join(', ');
}

/**
 * Copies what is compiled, and only what differs, so that little is compiled again.
 *
 * @param {string} copy
 */
function copySources(copy) {
  const wanted = new Set(COPIED.flatMap((path) => filesOf(repositoryRoot, path)));
  for (const path of ['core', 'tests', 'cmake']) {
    for (const file of filesOf(copy, path)) {
      if (!wanted.has(file)) rmSync(join(copy, file));
    }
  }
  for (const file of wanted) {
    const target = join(copy, file);
    const source = readFileSync(join(repositoryRoot, file));
    if (readIfThere(target)?.equals(source)) continue;
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(repositoryRoot, file), target);
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/**
 * @param {readonly string[]} names none means all
 * @param {(root: string) => Promise<string>} build returns the program
 * @returns {Promise<number>} exit code
 */
export async function runMutations(names, build) {
  const all = readMutations();
  const unknown = names.filter((name) => !all.some((mutation) => mutation.name === name));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no mutation ${unknown.join(', ')}. The mutations are ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  const selected = all.filter(({ name }) => names.length === 0 || names.includes(name));
  const copy = join(repositoryRoot, COPY_FOLDER);
  copySources(copy);
  // All of them, before the first takes its time.
  for (const mutation of selected)
    mutate(readFileSync(join(copy, mutation.file), 'utf8'), mutation);
  const width = Math.max(...selected.map(({ name }) => name.length));
  const survivors = [];
  process.stderr.write(`Building the virtual world in ${COPY_FOLDER} …\n`);
  for (const mutation of selected) {
    const target = join(copy, mutation.file);
    const source = readFileSync(target, 'utf8');
    writeFileSync(target, mutate(source, mutation));
    try {
      const program = await build(copy);
      const { code, stdout } = await attempt(
        program,
        ['--seeds', String(MOST_SEEDS), '--stop-early'],
        { cwd: copy, output: 'capture' },
      );
      const seeds = stdout.match(/^(\d+) schedules/m)?.[1] ?? 'some';
      if (code === 0) survivors.push(mutation);
      const verdict =
        code === 0
          ? `SURVIVED ${seeds} seeds`
          : `caught after ${seeds} seeds: ${noticed(stdout) || `it ended with exit code ${code}`}`;
      console.log(`${mutation.name.padEnd(width)}  ${verdict}`);
    } finally {
      writeFileSync(target, source);
    }
  }
  for (const { name, rule } of survivors) console.log(`\nNobody noticed ${name}: ${rule}`);
  console.log(`\n${selected.length - survivors.length} of ${selected.length} mutations caught`);
  return survivors.length === 0 ? 0 : 1;
}
