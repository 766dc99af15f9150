import { expect, it } from 'vitest';

import { missingPaths } from '../../scripts/markdown.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

const there = { 'js/src/types.ts': '', 'tests/core/field_test.cc': '' };

/** @param {string} text */
function problemsOf(text) {
  return missingPaths(temporaryFolder({ ...there, 'docs/guide.md': text }));
}

it('a path that a document names exists', () => {
  expect(problemsOf('See `js/src/types.ts`, `js/src/` and `docs/guide.md`.')).toEqual([]);
  expect(problemsOf('See `js/src/types.ts` and `js/src/type.ts`.')).toEqual([
    'docs/guide.md names js/src/type.ts, which does not exist.',
  ]);
});

it('a path of a test may leave out the folder of all tests', () => {
  expect(problemsOf('`core/field_test.cc` and `tests/core/field_test.cc`')).toEqual([]);
});

it('what is no path of the repository is not looked for', () => {
  expect(problemsOf('`build/dev/`, `limits.comments`, js/src/none.ts, `core/*.h`')).toEqual([]);
});

it('a path of an example is said to be none, and then must be none', () => {
  const said = '<!-- no such files: hearing, types -->';
  expect(problemsOf(`${said}\n\`js/src/hearing.ts\``)).toEqual([]);
  expect(problemsOf(`${said}\n\`js/src/types.ts\``)).toEqual([
    'docs/guide.md says that there is no js/src/types.ts, which exists.',
  ]);
});
