/**
 * Makes the package that is published: build/civic-realtime-<version>.tgz.
 *
 *   npm run pack
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { build } from './build.mjs';
import { run } from './command.mjs';
import { repositoryRoot } from './paths.mjs';
import { runScript } from './problem.mjs';

const buildFolder = join(repositoryRoot, 'build');

/** The package as it is installed, before it is packed. */
export const stagedPackage = join(buildFolder, 'package');

/** What the manifest has for those who develop the package, and nobody else needs. */
const OWN_FIELDS = ['scripts', 'devDependencies'];

/**
 * Builds what changed and packs it.
 *
 * @returns {Promise<string>} the tarball
 */
export async function pack() {
  await build(['package']);
  stage();
  const { stdout } = await run(
    'npm',
    ['pack', stagedPackage, '--pack-destination', buildFolder, '--json', '--ignore-scripts'],
    { cwd: buildFolder, output: 'capture', purpose: 'Packing the package' },
  );
  /** @type {[{ filename: string }]} */
  const [{ filename }] = JSON.parse(stdout);
  return join(buildFolder, filename);
}

/** Puts together what the tarball holds; the licence and the guides are the repository's. */
function stage() {
  rmSync(stagedPackage, { recursive: true, force: true });
  mkdirSync(stagedPackage, { recursive: true });
  const from = (/** @type {string[]} */ ...names) => join(repositoryRoot, ...names);
  const to = (/** @type {string[]} */ ...names) => join(stagedPackage, ...names);
  const manifest = JSON.parse(readFileSync(from('js/package.json'), 'utf8'));
  for (const field of OWN_FIELDS) delete manifest[field];
  writeFileSync(to('package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(from('js/dist'), to('dist'), { recursive: true });
  cpSync(from('LICENSE'), to('LICENSE'));
  cpSync(from('CHANGELOG.md'), to('CHANGELOG.md'));
  const readme = readFileSync(from('js/README.md'), 'utf8');
  writeFileSync(to('README.md'), readme.replaceAll('](../', ']('));
  cpSync(from('docs'), to('docs'), { recursive: true });
  for (const name of readdirSync(to('docs'))) {
    if (REPOSITORY_ONLY.test(name)) rmSync(to('docs', name), { recursive: true });
  }
}

/** Documents about this repository rather than about the package. */
const REPOSITORY_ONLY = /^(images|(performance|contributing|specification-coverage)\.md)$/;

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    console.log(await pack());
  });
}
