import { expect, it } from 'vitest';

import { withoutCommentsAndStrings } from '../../scripts/source-text.mjs';

it.each([
  ['a // b\nc', 'a     \nc'],
  ['a /* b\nc */ d', 'a     \n     d'],
  ['f("x\\"y", \'z\')', 'f(      ,    )'],
  ["1'000 + x", "1'000 + x"],
  ['#include <time.h>', '#include <time.h>'],
  ['R"(a"b)" c', '         c'],
  ['`a ${b}` c', '         c'],
])('%j', (source, expected) => {
  expect(withoutCommentsAndStrings(source)).toBe(expected);
});
