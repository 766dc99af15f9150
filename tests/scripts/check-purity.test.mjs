import { describe, expect, it } from 'vitest';

import { findImpurities } from '../../scripts/check-purity.mjs';
import { repositoryRoot } from '../../scripts/paths.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/** @param {string} code */
const inCore = (code) => findImpurities(temporaryFolder({ 'core/src/x.cc': code }));
/** @param {string} code */
const inReadModel = (code) => findImpurities(temporaryFolder({ 'js/src/read-model/x.ts': code }));

it('finds nothing in this repository', () => {
  expect(findImpurities(repositoryRoot)).toEqual([]);
});

describe('the core', () => {
  it.each([
    'auto t = std::chrono::steady_clock::now();',
    'auto t = time(nullptr);',
    'auto t = std::time(nullptr);',
    '#include <chrono>',
    '#include <random>',
    'std::random_device device;',
    'int x = rand();',
    'std::thread t;',
    '#include <iostream>',
    '#include <emscripten/websocket.h>',
    'try { f(); } catch (...) {}',
    'throw 1;',
    'static int count = 0;',
    'int F() {\n  static int count = 0;\n  return ++count;\n}',
    'thread_local int count;',
  ])('must not contain %j', (code) => {
    expect(inCore(code)).not.toEqual([]);
  });

  it.each([
    'double retry_time(int x); double d = session.time(3); int brand(int);',
    '// static int count = 0; time(nullptr) is forbidden, try { it',
    'const char* text = "try { throw time(0); }";',
    'static constexpr int kCount = 0;\nstatic const char* const kName = "x";',
    "static int Count(int x);\nstatic bool IsX(int x) {\n  return x == 1'000;\n}",
    'class A {\n  static A Create(int x);\n  static constexpr int kB = 1;\n};',
    '#include <string>\nstatic_assert(sizeof(int) == 4);',
  ])('may contain %j', (code) => {
    expect(inCore(code)).toEqual([]);
  });

  it('is reported with file, line and reason', () => {
    expect(inCore('int a;\n\nint b = rand();\n')).toEqual([
      'core/src/x.cc:3: rand( (randomness comes only from the seeded generator)',
    ]);
  });
});

describe('the read model', () => {
  it.each([
    'const now = Date.now();',
    'const now = performance.now();',
    'const now = new Date();',
    'setTimeout(f, 1);',
    'requestAnimationFrame(f);',
    'const id = Math.random();',
  ])('must not contain %j', (code) => {
    expect(inReadModel(code)).not.toEqual([]);
  });

  it.each(['const date = new Date(timestamp);', '// setTimeout is forbidden', "f('Date.now')"])(
    'may contain %j',
    (code) => {
      expect(inReadModel(code)).toEqual([]);
    },
  );
});
