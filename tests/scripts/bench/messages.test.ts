import { expect, test } from 'vitest';

import { billUpdate, newestIndexes } from '../../bench/browser/servers/messages.js';

test.each([
  ['ascii', 200, 0],
  ['ascii', 450, 0],
  ['international', 200, 25],
  ['international', 450, 25],
] as const)('messages of %s text have %d bytes, give or take %d', (text, bytes, tolerance) => {
  for (let index = 0; index < 2_000; index += 7) {
    const message = billUpdate(index, { bills: 2_000, bytes, text, isStamped: false });
    const size = Buffer.byteLength(JSON.stringify(message));
    expect(Math.abs(size - bytes)).toBeLessThanOrEqual(tolerance);
  }
});

test.each([1, 10, 25, 50, 200, 2_000])(
  'of %d bills none is left out, and the newest is known',
  (bills) => {
    const count = 3 * bills;
    const newest = new Map<unknown, number>();
    for (let index = 0; index < count; ++index) {
      const { bill_id } = billUpdate(index, { bills, bytes: 200, text: 'ascii', isStamped: false });
      newest.set(bill_id, index);
    }
    expect(newest.size).toBe(bills);
    const wanted = Array.from({ length: bills }, (_, bill) => newest.get(bill + 1));
    expect(newestIndexes(count, bills)).toEqual(wanted);
  },
);
