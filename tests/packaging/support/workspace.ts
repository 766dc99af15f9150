/** The folder in which strangers' applications have the package installed. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const applications = join(root, 'tests/packaging/applications');

/** The versions of everything the applications need. */
export const pinnedVersions = join(root, 'tests/packaging');

export const workspace = join(root, 'build/packaging');

/** Puts the sources of an application into a folder of its own; what an earlier run has built there is gone. */
export function createApplication(name: string): string {
  const folder = join(workspace, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(applications, name), folder, { recursive: true });
  cpSync(join(applications, 'source'), join(folder, 'source'), { recursive: true });
  writeFileSync(join(folder, 'source/bill-tracker.tsx'), billTracker());
  return folder;
}

/** The specification's example, as an application has it that imports the package by its name. */
function billTracker(): string {
  const block = readFileSync(join(root, 'web-demo/app/examples/blocks/bill-tracking.tsx'), 'utf8');
  return `'use client';\n${block.replace("'@client/core/realtime'", "'civic-realtime'")}`;
}
