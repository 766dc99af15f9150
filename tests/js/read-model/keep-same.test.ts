// @vitest-environment node
import { beforeEach, describe, expect, it } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { BundleReadModel } from '../../../js/src/read-model/read-model.js';
import { notification, typing } from '../support/records.js';
import { BundleWriter } from './support/bundle-writer.js';
import { silentSink } from './support/silent-sink.js';

let model: BundleReadModel;
const topic = 'user_notifications';

beforeEach(() => {
  model = new BundleReadModel({
    onListenerError: (error) => {
      throw error;
    },
  });
  model.apply(new BundleWriter().opened(1, topic).bundle(), silentSink);
});

function change(kind: CellKind, value: unknown): void {
  model.apply(new BundleWriter().cell(1, kind, 0, [value]).bundle(), silentSink);
}

describe('notifications', () => {
  const read = () => model.value(topic, CellKind.notifications) ?? [];

  it('stay the same objects for as long as id, arrival and read state do', () => {
    const [a, b] = [notification('a'), notification('b')];
    change(CellKind.notifications, [b, a]);
    const before = read();
    change(CellKind.notifications, [notification('c'), { ...b, read: true }, a]);
    const now = read();
    expect(now.map(({ id, read: isRead }) => [id, isRead])).toEqual([
      ['c', false],
      ['b', true],
      ['a', false],
    ]);
    expect(now[1]).not.toBe(before[0]);
    expect(now[2]).toBe(before[1]);
    change(CellKind.notifications, [{ ...a, arrival: 2, title: 'again' }]);
    expect(read()[0]?.title).toBe('again');
  });

  it('are the same list when nothing is different', () => {
    change(CellKind.notifications, [notification('a')]);
    const before = read();
    change(CellKind.notifications, [notification('a')]);
    expect(read()).toBe(before);
    expect(read()).toBe(before);
  });

  it('are forgotten with their topic', () => {
    change(CellKind.notifications, [notification('a')]);
    const before = read();
    model.apply(new BundleWriter().closed(1).opened(2, topic).bundle(), silentSink);
    expect(model.value(topic, CellKind.notifications)).toBeNull();
    model.apply(
      new BundleWriter().cell(2, CellKind.notifications, 0, [before]).bundle(),
      silentSink,
    );
    expect(read()).toEqual(before);
    expect(read()[0]).not.toBe(before[0]);
  });
});

it('those who type under one comment stay the same list while others change', () => {
  const read = () => model.value(topic, CellKind.typing) ?? {};
  change(CellKind.typing, { root: [typing(1, 'ann')], '7': [typing(1, 'bob')] });
  const before = read();
  change(CellKind.typing, { root: [typing(1, 'ann')], '7': [typing(1, 'eve')] });
  expect(read()['root']).toBe(before['root']);
  expect(read()['7']?.map(({ userId }) => userId)).toEqual(['eve']);
  change(CellKind.typing, { '7': [typing(1, 'eve')] });
  expect(Object.keys(read())).toEqual(['7']);
});
