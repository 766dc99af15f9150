/**
 * Forbids raw clocks, timers, randomness and hidden state where time comes only through arguments:
 * the C++ core and the read model of the package.
 *
 *   node scripts/check-purity.mjs [<root>]
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import { repositoryRoot } from './paths.mjs';
import { runScript } from './problem.mjs';
import { withoutCommentsAndStrings } from './source-text.mjs';
import { filesOf } from './stamp.mjs';

/**
 * @typedef {object} Room
 * @property {string} folder
 * @property {readonly string[]} endings
 * @property {readonly { pattern: RegExp, because: string }[]} forbidden
 */

/** @type {readonly Room[]} */
export const rooms = [
  {
    folder: 'core',
    endings: ['.h', '.cc'],
    forbidden: [
      { pattern: /\b\w*clock\w*\s*::\s*now\b/, because: 'time comes only through arguments' },
      {
        pattern: /#\s*include\s*<(chrono|ctime|time\.h|sys\/time\.h)>/,
        because: 'time comes only through arguments',
      },
      {
        pattern: /(?<![\w.>:])(std::|::)?(time|clock|gettimeofday|clock_gettime)\s*\(/,
        because: 'time comes only through arguments',
      },
      {
        pattern: /#\s*include\s*<random>|\brandom_device\b|(?<![\w.>])s?rand\s*\(/,
        because: 'randomness comes only from the seeded generator',
      },
      {
        pattern: /\bstd::(thread|jthread|mutex|async|condition_variable|this_thread)\b/,
        because: 'the core has no threads',
      },
      {
        pattern:
          /#\s*include\s*<(iostream|fstream|cstdio|stdio\.h|filesystem)>|\bstd::(cout|cerr|clog)\b|(?<![\w.>])f?printf\s*\(/,
        because: 'the core does no input or output',
      },
      {
        pattern: /\bemscripten\b|\bEM_(JS|ASM)\b|__EMSCRIPTEN__/,
        because: 'the core knows nothing of its host',
      },
      { pattern: /\btry\s*\{|\bthrow\b(?!\s*\(\s*\))|\bcatch\s*\(/, because: 'exceptions are off' },
      { pattern: /\bdynamic_cast\b|\btypeid\b/, because: 'run-time type information is off' },
      {
        pattern:
          /^(?:inline\s+)?(?:static|thread_local)\s+(?!const\b|constexpr\b|consteval\b|_?assert|inline\s+const)[\w:<>,\s*&]+?\s[\w]+\s*(=|\{|;)/m,
        because: 'the core has no mutable globals',
      },
      {
        pattern:
          /^\s+(?:static|thread_local)\s+(?!const\b|constexpr\b|inline\s+const)[\w:<>,*& ]+?\s\w+\s*(=|\{|;)/m,
        because: 'the core has no mutable globals',
      },
    ],
  },
  {
    folder: 'js/src/read-model',
    endings: ['.ts', '.tsx'],
    forbidden: [
      {
        pattern: /\bDate\.now\b|\bnew\s+Date\s*\(\s*\)|\bDate\s*\(\s*\)|\bperformance\b/,
        because: 'time comes only through arguments',
      },
      {
        pattern:
          /\b(set(Timeout|Interval|Immediate)|queueMicrotask|request(AnimationFrame|IdleCallback))\b/,
        because: 'the host keeps the timers',
      },
      { pattern: /\bMath\.random\b|\bcrypto\b/, because: 'the read model has no randomness' },
    ],
  },
];

/**
 * @param {string} root
 * @returns {string[]} `file:line: what (why)`
 */
export function findImpurities(root) {
  return rooms.flatMap(({ folder, endings, forbidden }) =>
    filesOf(root, folder)
      .filter((file) => endings.includes(extname(file)))
      .flatMap((file) => {
        const text = withoutCommentsAndStrings(readFileSync(join(root, file), 'utf8'));
        return forbidden.flatMap(({ pattern, because }) =>
          [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((match) => {
            const start = match.index + (match[0].length - match[0].trimStart().length);
            const line = text.slice(0, start).split('\n').length;
            return `${file}:${line}: ${match[0].trim().split('\n')[0]} (${because})`;
          }),
        );
      }),
  );
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const found = findImpurities(argv[2] ?? repositoryRoot);
    for (const line of found) console.error(line);
    return found.length > 0 ? 1 : 0;
  });
}
