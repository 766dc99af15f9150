/** Finds and reads BILLSTATUS files. A bad file is one line in the log; the others still work. */

import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '../../options/options.js';
import { readBillDocument } from './document.js';

/**
 * @param {string[]} paths Files, or folders with `.xml` files at any depth.
 * @param {import('../../logging/logger.js').Logger} logger
 * @returns {Promise<import('./document.js').BillDocument[]>} In order of their ids, each bill once.
 * @throws {OptionError} When a path does not exist, or no file is readable.
 */
export async function readBillFiles(paths, logger) {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  /** @type {Map<number, { file: string, document: import('./document.js').BillDocument }>} */
  const bills = new Map();
  for (const file of files) {
    try {
      const document = readBillDocument(await readFile(file, 'utf8'));
      const same = bills.get(document.name.id);
      if (same === undefined) bills.set(document.name.id, { file, document });
      else
        throw new Error(
          `it is ${document.name.name} of the ${document.name.congress}th Congress, as is ${same.file}`,
        );
    } catch (error) {
      logger.error(`${file} is left out: ${/** @type {Error} */ (error).message}`);
    }
  }
  if (bills.size === 0) {
    throw new OptionError(
      `--billstatus is ${paths.join(' ')}, where no bill could be read from ${files.length} files; allowed: BILLSTATUS XML files, or folders with them`,
    );
  }
  return [...bills.values()].map(({ document }) => document).sort((a, b) => a.name.id - b.name.id);
}

/**
 * @param {string} path
 * @returns {Promise<string[]>} Sorted.
 */
async function filesAt(path) {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new OptionError(
      `--billstatus is ${path}, which does not exist; allowed: BILLSTATUS XML files, or folders with them`,
    );
  }
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries
    .filter((entry) => entry.toLowerCase().endsWith('.xml'))
    .sort()
    .map((entry) => join(path, entry));
}
