/**
 * Checks the documents: every block of TypeScript compiles, every link leads somewhere, every path that is
 * named exists, and what is generated is up to date.
 *
 *   node scripts/check-docs.mjs
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { attempt } from './command.mjs';
import { configurationReference, configurationDocument } from './configuration-reference.mjs';
import { brokenLinks, codeBlocks, documentsIn, missingPaths } from './markdown.mjs';
import { packageProgramFolder, repositoryRoot } from './paths.mjs';
import { Problem, runScript } from './problem.mjs';

const EXAMPLES = join(repositoryRoot, 'build/docs-examples');

/** Documents of the code rather than of the product; their blocks are the specification's. */
const OTHERS = /^(web-demo\/app|tests)\//;

async function checkDocs() {
  const documents = documentsIn(repositoryRoot).filter(
    (path) => !OTHERS.test(relative(repositoryRoot, path)),
  );
  const problems = [
    ...brokenLinks(repositoryRoot, documents),
    ...missingPaths(repositoryRoot, documents),
  ];
  if (readFileSync(configurationDocument, 'utf8') !== (await configurationReference())) {
    problems.push(
      'docs/configuration.md is out of date. Write it anew: node scripts/configuration-reference.mjs',
    );
  }
  const count = extractExamples(documents);
  const { code, stdout } = await attempt(
    join(packageProgramFolder, 'tsc'),
    ['--noEmit', '--pretty', 'false', '-p', EXAMPLES],
    { cwd: EXAMPLES, output: 'merge' },
  );
  if (code !== 0) problems.push(stdout.trim());
  if (problems.length > 0) throw new Problem(problems.join('\n'));
  console.log(`ok      ${documents.length} documents, ${count} examples`);
}

/**
 * Writes every block of code into a file with the same number of lines before it, so that errors
 * name the document's line.
 *
 * @param {readonly string[]} documents
 */
function extractExamples(documents) {
  rmSync(EXAMPLES, { recursive: true, force: true });
  mkdirSync(EXAMPLES, { recursive: true });
  let count = 0;
  for (const document of documents) {
    const blocks = codeBlocks(readFileSync(document, 'utf8')).filter(
      ({ language, isFragment }) => /^tsx?$/.test(language) && !isFragment,
    );
    const name = relative(repositoryRoot, document).replace(/\.md$/, '').replaceAll('/', '.');
    let before = '';
    for (const block of blocks) {
      if (!block.isContinued) before = '';
      const lines = before === '' ? 0 : before.split('\n').length;
      const code = `${before}${'\n'.repeat(Math.max(0, block.line - 1 - lines))}${block.code}`;
      writeFileSync(join(EXAMPLES, `${name}.${block.line}.tsx`), `${code}\nexport {};\n`);
      before = code;
      ++count;
    }
  }
  const configuration = {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      noUncheckedIndexedAccess: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      types: ['node'],
    },
    include: ['*.tsx', '../../scripts/docs-ambient.d.ts'],
  };
  writeFileSync(join(EXAMPLES, 'tsconfig.json'), JSON.stringify(configuration));
  return count;
}

if (argv[1] === fileURLToPath(import.meta.url)) await runScript(checkDocs);
