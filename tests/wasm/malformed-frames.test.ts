// The engine's verdict on frames against JSON.parse: it takes in exactly what is one JSON object.
import { deepStrictEqual as deepEqual } from 'node:assert';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { EntryKind, EntryWord, EventKind } from '../../js/src/engine/abi.js';
import type { EngineModule } from '../../js/src/engine/engine-module.js';
import { drainBundle, newEngineModule } from './support/built-engine.js';

let module: EngineModule;
let page: number;

beforeAll(async () => {
  module = await newEngineModule();
  expect(module.createEngine('{"url":"ws://localhost:1/ws"}', 1)).toBe('');
  page = module.addPage();
  module.listen(page, 1 << EventKind.message);
  drainBundle(module, page);
});

/** What the engine makes of a text: the message as its listeners get it, or null for a malformed frame. */
function verdictOf(text: string): string | null {
  module.inject(page, text);
  const bundle = drainBundle(module, page);
  for (let index = 0; bundle !== null && index < bundle.entryCount; ++index) {
    const entry = bundle.entryAt(index);
    const kind = bundle.field(entry, EntryWord.kind);
    if (kind === EntryKind.event) return bundle.text(entry);
    if (kind === EntryKind.error && bundle.text(entry).includes('malformed-frame')) return null;
  }
  throw new Error(`The engine said nothing about ${JSON.stringify(text)}.`);
}

function isOneObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function check(text: string): void {
  const verdict = verdictOf(text);
  if (isOneObject(text)) {
    expect(verdict, `refused: ${JSON.stringify(text)}`).not.toBeNull();
    deepEqual(JSON.parse(verdict ?? ''), JSON.parse(text));
  } else {
    expect(verdict, `taken in: ${JSON.stringify(text)}`).toBeNull();
  }
}

const unit = fc.oneof(
  fc.constantFrom(
    ...'{}[]":,\\/ \t\n\r0123456789-+.eEtrufalsn\0\u0001\u001f\u007f\u00a0\u2028\ufeff',
  ),
  fc.constantFrom(
    'é',
    '“',
    '🗳',
    '\\u',
    '\\ud83d',
    '\\ude00',
    'true',
    'null',
    '1e5',
    '-0',
    '01',
    '"type"',
  ),
);
/** `type` first, so that what is well-formed is also a message. */
const object = fc
  .dictionary(fc.string({ unit: 'binary', maxLength: 8 }), fc.jsonValue({ maxDepth: 4 }), {
    maxKeys: 6,
  })
  .map((fields) => JSON.stringify({ type: 'x', ...fields }));
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat(3),
  added: fc.array(unit, { maxLength: 3 }),
});
const mutated = fc
  .tuple(object, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((edited, { at, removed, added }) => {
      // By code points: a socket's text has no half surrogate pairs.
      const points = [...edited];
      points.splice(Math.floor(at * points.length), removed, ...added);
      return points.join('');
    }, text),
  );

describe(
  'a frame is taken in exactly when JSON.parse takes it as an object',
  { timeout: 60_000 },
  () => {
    it('for well-formed messages', () => {
      fc.assert(fc.property(object, check), { numRuns: 1000 });
    });

    it('for well-formed values of every kind', () => {
      fc.assert(
        fc.property(fc.json(), (text) => {
          // A message without a type is another matter than a malformed one.
          if (!isOneObject(text)) check(text);
        }),
        { numRuns: 500 },
      );
    });

    it('for messages with random edits', () => {
      fc.assert(
        fc.property(mutated, (text) => {
          if (
            isOneObject(text) &&
            typeof (JSON.parse(text) as { type?: unknown }).type !== 'string'
          )
            return;
          check(text);
        }),
        { numRuns: 2000 },
      );
    });

    it('for anything at all', () => {
      fc.assert(
        fc.property(
          fc.array(unit, { maxLength: 12 }).map((units) => `{"type":"x",${units.join('')}}`),
          (text) => {
            if (
              isOneObject(text) &&
              typeof (JSON.parse(text) as { type?: unknown }).type !== 'string'
            )
              return;
            check(text);
          },
        ),
        { numRuns: 2000 },
      );
    });
  },
);
