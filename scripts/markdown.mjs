/** What of our documents can be checked: their links and their blocks of code. */

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SKIPPED = /^(node_modules|build|dist|coverage|\..*)$/;

/**
 * @typedef {object} CodeBlock
 * @property {string} language
 * @property {string} code
 * @property {number} line of its first line
 * @property {boolean} isContinued an invisible comment before it says that it goes on from the block before
 * @property {boolean} isFragment an invisible comment before it says why it is no module
 */

/**
 * @param {string} folder
 * @returns {string[]} paths of all documents below
 */
export function documentsIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    if (SKIPPED.test(name)) return [];
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return documentsIn(path);
    return name.endsWith('.md') ? [path] : [];
  });
}

/**
 * @param {string} text
 * @returns {CodeBlock[]}
 */
export function codeBlocks(text) {
  const blocks = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; ++index) {
    const language = /^```(\w+)/.exec(lines[index] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    const before = lines[index - 1] ?? '';
    blocks.push({
      language,
      code: lines.slice(index + 1, end).join('\n'),
      line: index + 2,
      isContinued: before.startsWith('<!-- continued'),
      isFragment: before.startsWith('<!-- not compiled'),
    });
    index = end;
  }
  return blocks;
}

/**
 * Links between documents that lead nowhere.
 *
 * @param {string} folder
 * @param {readonly string[]} [documents] those of the folder unless said otherwise
 * @returns {string[]} one sentence each
 */
export function brokenLinks(folder, documents = documentsIn(folder)) {
  return documents.flatMap((document) => {
    const text = withoutCode(readFileSync(document, 'utf8'));
    return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) return [];
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      const name = relative(folder, document);
      if (!existsSync(file)) return `${name} links to ${target}, which does not exist.`;
      if (anchor === undefined || !file.endsWith('.md')) return [];
      if (anchorsOf(readFileSync(file, 'utf8')).includes(anchor)) return [];
      return `${name} links to ${target}, where there is no such heading.`;
    });
  });
}

/**
 * Paths of files and folders in `code` that do not exist: those that begin with a folder of the repository, or of its
 * `tests/`. An invisible comment, `<!-- no such files: word, word -->`, names words of paths that are an example's.
 *
 * @param {string} folder
 * @param {readonly string[]} [documents] those of the folder unless said otherwise
 * @returns {string[]} one sentence each
 */
export function missingPaths(folder, documents = documentsIn(folder)) {
  return documents.flatMap((document) => {
    const text = readFileSync(document, 'utf8');
    const imagined = (/^<!-- no such files: (.*) -->$/m.exec(text)?.[1] ?? '').split(', ');
    const paths = text.matchAll(/`((?:core|docs|js|scripts|tests|wasm|web-demo)\/[\w./-]*)`/g);
    return [...paths].flatMap(([, path = '']) => {
      const isImagined = imagined.some((word) => word !== '' && path.includes(word));
      const isThere = ['', 'tests'].some((place) => existsSync(join(folder, place, path)));
      if (isImagined && isThere)
        return `${relative(folder, document)} says that there is no ${path}, which exists.`;
      if (isImagined || isThere) return [];
      return `${relative(folder, document)} names ${path}, which does not exist.`;
    });
  });
}

/** @param {string} text */
function withoutCode(text) {
  return text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** @param {string} text */
function anchorsOf(text) {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
