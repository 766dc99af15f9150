import { readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';

import { repositoryRoot } from './paths.mjs';
import { filesOf } from './stamp.mjs';

const FOLDERS = ['core', 'wasm', 'tests'];
const INCLUDE_FOLDERS = ['core/include', 'core/src', 'wasm', 'wasm/src', 'wasm/include'];

/**
 * Every C++ file of the project, relative to the root.
 *
 * @param {string} [root]
 */
export function cppFiles(root = repositoryRoot) {
  return FOLDERS.flatMap((folder) => filesOf(root, folder)).filter((file) =>
    ['.h', '.cc'].includes(extname(file)),
  );
}

/**
 * A file and every file of the project that it includes, directly or not.
 *
 * @param {string} file relative to the root
 * @param {string} [root]
 * @returns {string[]} relative to the root
 */
export function withIncludes(file, root = repositoryRoot) {
  const seen = new Set([file]);
  for (const current of seen) {
    const text = readFileSync(join(root, current), 'utf8');
    for (const [, name] of text.matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)) {
      for (const folder of [dirname(current), ...INCLUDE_FOLDERS]) {
        const candidate = normalize(join(folder, /** @type {string} */ (name)));
        if (filesOf(root, candidate).length === 1) seen.add(candidate);
      }
    }
  }
  return [...seen].sort();
}
