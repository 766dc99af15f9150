/** Packs the package and installs it beside the bundlers, as far as that has not been done. */

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { run } from '../../../scripts/command.mjs';
import { pack } from '../../../scripts/pack.mjs';
import { pinnedVersions, workspace } from './workspace.js';

const npmOptions = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error'];

export default async function install(): Promise<void> {
  const tarball = await pack();
  mkdirSync(workspace, { recursive: true });
  const lock = join(pinnedVersions, 'package-lock.json');
  await once('bundlers', lock, async () => {
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(join(pinnedVersions, name), join(workspace, name));
    }
    await npm('ci', ...npmOptions);
  });
  await once('package', [lock, tarball], () => npm('install', '--no-save', ...npmOptions, tarball));
}

async function npm(...args: string[]): Promise<void> {
  await run('npm', args, { cwd: workspace, output: 'merge', purpose: 'Installing with npm' });
}

/** Does the work unless it was done for the same files before. */
async function once(name: string, files: string | string[], work: () => Promise<void>) {
  const hash = createHash('sha256');
  for (const file of [files].flat()) hash.update(readFileSync(file));
  const digest = hash.digest('hex');
  const stamp = join(workspace, `${name}.installed`);
  const isDone = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
  if (isDone) return;
  await work();
  writeFileSync(stamp, digest);
}
