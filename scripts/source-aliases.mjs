import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot } from './paths.mjs';

/**
 * The import names of the package, pointed at its sources, in the form of Vite's `resolve.alias`.
 * The one list of them is `paths` in tsconfig.base.json.
 *
 * @returns {{ find: RegExp, replacement: string }[]}
 */
export function sourceAliases() {
  const file = join(repositoryRoot, 'tsconfig.base.json');
  /** @type {{ compilerOptions: { paths: Record<string, [string]> } }} */
  const { compilerOptions } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(compilerOptions.paths).map(([name, [target]]) => ({
    find: new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '(.*)')}$`),
    replacement: join(repositoryRoot, target.replace('*', '$1')),
  }));
}
