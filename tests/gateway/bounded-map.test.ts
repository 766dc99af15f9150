import { expect, it } from 'vitest';
import { BoundedMap } from '../../web-demo/gateway/bounded-map.js';

it('the entry not touched for the longest time makes room', () => {
  const map = new BoundedMap<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.getOrSet('a', () => 9)).toBe(1);
  map.set('c', 3);
  expect([...map.entries()]).toEqual([
    ['a', 1],
    ['c', 3],
  ]);
  map.delete('a');
  expect([map.size, map.get('a'), ...map.values()]).toEqual([1, undefined, 3]);
});
