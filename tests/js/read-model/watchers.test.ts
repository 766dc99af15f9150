// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CellKind } from '../../../js/src/engine/abi.js';
import { BundleReadModel } from '../../../js/src/read-model/read-model.js';
import type { HappeningSink } from '../../../js/src/read-model/happenings.js';
import { BundleWriter } from './support/bundle-writer.js';
import { silentSink } from './support/silent-sink.js';

const update = (n: number): object => ({
  type: 'status_change',
  data: { billId: 1, n },
  timestamp: n,
});
const { billUpdates } = CellKind;

let errors: unknown[];
let model: BundleReadModel;

beforeEach(() => {
  errors = [];
  model = new BundleReadModel({ onListenerError: (error) => errors.push(error) });
});

function apply(writer: BundleWriter, sink: Partial<HappeningSink> = {}): void {
  model.apply(writer.bundle(), { ...silentSink, ...sink });
}

describe('watching', () => {
  it('calls a listener once per bundle in which its cell changed, after all of it was applied', () => {
    const seen: number[][] = [];
    model.watch('bill:1', billUpdates, () =>
      seen.push([
        model.list('bill:1', CellKind.billUpdates).length,
        model.list('bill:2', CellKind.billUpdates).length,
      ]),
    );
    apply(
      new BundleWriter()
        .opened(1, 'bill:1')
        .opened(2, 'bill:2')
        .updates(1, 0, [update(1)])
        .updates(1, 1, [update(2)])
        .updates(2, 0, [update(3)]),
    );
    apply(new BundleWriter().updates(2, 1, [update(4)]));
    apply(new BundleWriter().engagement(1, { bill_id: 1 }));
    expect(seen).toEqual([[2, 1]]);
  });

  it('calls a listener of several cells once for all of them', () => {
    const listener = vi.fn();
    model.watch('bill:1', billUpdates, listener);
    model.watch('bill:2', billUpdates, listener);
    apply(
      new BundleWriter()
        .opened(1, 'bill:1')
        .opened(2, 'bill:2')
        .updates(1, 0, [update(1)])
        .updates(2, 0, [update(2)]),
    );
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells that a topic was closed if it had something', () => {
    const listener = vi.fn();
    apply(
      new BundleWriter()
        .opened(1, 'bill:1')
        .opened(2, 'bill:2')
        .updates(1, 0, [update(1)]),
    );
    model.watch('bill:1', billUpdates, listener);
    model.watch('bill:2', billUpdates, listener);
    apply(new BundleWriter().closed(2));
    expect(listener).not.toHaveBeenCalled();
    apply(new BundleWriter().closed(1));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('goes on across closing and opening again', () => {
    const listener = vi.fn();
    apply(new BundleWriter().opened(1, 'bill:1'));
    model.watch('bill:1', billUpdates, listener);
    apply(new BundleWriter().closed(1));
    apply(new BundleWriter().opened(5, 'bill:1').updates(5, 0, [update(1)]));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('reports a listener that throws and calls the others', () => {
    const failure = new Error('a component broke');
    const other = vi.fn();
    model.watch('bill:1', billUpdates, () => {
      throw failure;
    });
    model.watch('bill:1', billUpdates, other);
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    expect(errors).toEqual([failure]);
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('allows adding and removing while listeners are called', () => {
    const [added, removed] = [vi.fn(), vi.fn()];
    const unwatch: (() => void)[] = [];
    model.watch('bill:1', billUpdates, () => {
      unwatch.forEach((remove) => remove());
      model.watch('bill:1', billUpdates, added);
    });
    unwatch.push(model.watch('bill:1', billUpdates, removed));
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    expect(removed).not.toHaveBeenCalled();
    expect(added).not.toHaveBeenCalled();
    apply(new BundleWriter().updates(1, 1, [update(2)]));
    expect(added).toHaveBeenCalledTimes(1);
  });

  it('ends when told, however often', () => {
    const [listener, other] = [vi.fn(), vi.fn()];
    const unwatch = model.watch('bill:1', billUpdates, listener);
    unwatch();
    model.watch('bill:1', billUpdates, other);
    unwatch();
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    expect(listener).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledTimes(1);
  });
});
