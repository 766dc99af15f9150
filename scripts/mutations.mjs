/**
 * Breaks one rule of the engine at a time and sees whether the virtual world notices. The mutations are in
 * tests/simulation/mutations, one file each. The sources stay as they are: of the program, only the file with the
 * broken rule is compiled again, elsewhere.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { attempt, run } from './command.mjs';
import { repositoryRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const MUTATION_FOLDER = 'tests/simulation/mutations';
const MUTANT_FOLDER = join('build', 'mutations');

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
 * The program with one rule broken.
 *
 * @param {Mutation} mutation
 * @param {string} buildFolder where the program with all rules was built
 * @returns {Promise<string>}
 */
async function buildMutant(mutation, buildFolder) {
  const mutant = join(repositoryRoot, MUTANT_FOLDER, mutation.name);
  const file = join(repositoryRoot, mutation.file);
  writeFileSync(`${mutant}.cc`, mutate(readFileSync(file, 'utf8'), mutation));
  /** @type {{ file: string, command: string }[]} */
  const commands = JSON.parse(readFileSync(join(buildFolder, 'compile_commands.json'), 'utf8'));
  const command = commands.find((one) => one.file === file)?.command;
  if (command === undefined) {
    throw new Problem(
      `Mutation ${mutation.name}: ${mutation.file} is not compiled; allowed is a .cc file of core/.`,
    );
  }
  const compile = command.slice(0, command.lastIndexOf(' -o '));
  const compiler = compile.slice(0, compile.indexOf(' -'));
  const world = join(buildFolder, 'tests', 'simulation');
  // What is missing without a rule is no error. The linker takes the first definition it meets.
  const script = `${compile} -O1 -Wno-error -o '${mutant}.o' -c '${mutant}.cc' &&
    ${compiler} -o '${mutant}' '${join(world, 'CMakeFiles/simulate.dir/simulate.cc.o')}' '${mutant}.o' \
      '${join(world, 'libcivic_simulation.a')}' '${join(buildFolder, 'core/libcivic_core.a')}' -pthread`;
  await run('sh', ['-c', script], {
    cwd: buildFolder,
    output: 'merge',
    purpose: `Building mutation ${mutation.name}`,
  });
  return mutant;
}

/**
 * @param {readonly string[]} names none means all
 * @param {string} buildFolder where the program with all rules was built
 * @returns {Promise<number>} exit code
 */
export async function runMutations(names, buildFolder) {
  const all = readMutations();
  const unknown = names.filter((name) => !all.some((mutation) => mutation.name === name));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no mutation ${unknown.join(', ')}. The mutations are ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  const selected = all.filter(({ name }) => names.length === 0 || names.includes(name));
  mkdirSync(join(repositoryRoot, MUTANT_FOLDER), { recursive: true });
  const width = Math.max(...selected.map(({ name }) => name.length));
  const survivors = [];
  for (const mutation of selected) {
    const program = await buildMutant(mutation, buildFolder);
    const { code, stdout } = await attempt(
      program,
      ['--seeds', String(MOST_SEEDS), '--stop-early'],
      { cwd: repositoryRoot, output: 'capture' },
    );
    const seeds = stdout.match(/^(\d+) schedules/m)?.[1] ?? 'some';
    if (code === 0) survivors.push(mutation);
    const verdict =
      code === 0
        ? `SURVIVED ${seeds} seeds`
        : `caught after ${seeds} seeds: ${noticed(stdout) || `it ended with exit code ${code}`}`;
    console.log(`${mutation.name.padEnd(width)}  ${verdict}`);
  }
  for (const { name, rule } of survivors) console.log(`\nNobody noticed ${name}: ${rule}`);
  console.log(`\n${selected.length - survivors.length} of ${selected.length} mutations caught`);
  return survivors.length === 0 ? 0 : 1;
}
