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
const { billUpdates, billEngagement } = CellKind;

let errors: unknown[];
let model: BundleReadModel;

beforeEach(() => {
  errors = [];
  model = new BundleReadModel({ onListenerError: (error) => errors.push(error) });
});

function apply(writer: BundleWriter, sink: Partial<HappeningSink> = {}): void {
  model.apply(writer.bundle(), { ...silentSink, ...sink });
}

describe('a list cell', () => {
  it('is empty before anything is known', () => {
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([]);
    expect(model.list('bill:1', CellKind.billUpdates)).toBe(
      model.list('bill:2', CellKind.billUpdates),
    );
    expect(model.version('bill:1', billUpdates)).toBe(0);
  });

  it('shows its records, oldest first', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1), update(2)]));
    apply(new BundleWriter().updates(1, 2, [update(3)]));
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([update(1), update(2), update(3)]);
  });

  it('is the same array until it changes', () => {
    apply(
      new BundleWriter()
        .opened(1, 'bill:1')
        .opened(2, 'bill:2')
        .updates(1, 0, [update(1)]),
    );
    const before = model.list('bill:1', CellKind.billUpdates);
    apply(new BundleWriter().updates(2, 0, [update(9)]));
    expect(model.list('bill:1', CellKind.billUpdates)).toBe(before);
    apply(new BundleWriter().updates(1, 1, [update(2)]));
    expect(model.list('bill:1', CellKind.billUpdates)).not.toBe(before);
    expect(before).toEqual([update(1)]);
  });

  it('keeps the objects of records that stay', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1), update(2), update(3)]));
    const before = model.list('bill:1', CellKind.billUpdates);
    apply(new BundleWriter().updates(1, 2, [update(4)]));
    const after = model.list('bill:1', CellKind.billUpdates);
    expect(after).toEqual([update(2), update(3), update(4)]);
    expect(after[0]).toBe(before[1]);
    expect(after[1]).toBe(before[2]);
  });

  it('drops records that nobody read, also from the middle of what came at once', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1), update(2), update(3)]));
    apply(new BundleWriter().updates(1, 1, [update(4)]));
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([update(3), update(4)]);
  });

  it('is emptied when the engine gave its records up', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    model.list('bill:1', CellKind.billUpdates);
    apply(new BundleWriter().updates(1, 0, []));
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([]);
  });

  it('parses nothing that is not read', () => {
    const parse = vi.spyOn(JSON, 'parse');
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    for (let n = 2; n < 40; ++n) apply(new BundleWriter().updates(1, 4, [update(n)]));
    expect(parse).not.toHaveBeenCalled();
    expect(model.list('bill:1', CellKind.billUpdates)).toHaveLength(5);
    expect(model.list('bill:1', CellKind.billUpdates)).toHaveLength(5);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it('lets go of bytes that were read or replaced', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    expect(model.heldBytes).toBeGreaterThan(0);
    model.list('bill:1', CellKind.billUpdates);
    expect(model.heldBytes).toBe(0);
  });

  it('leaves out what is no JSON and reports it, instead of throwing at the reader', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    model.list('bill:1', CellKind.billUpdates);
    apply(new BundleWriter().rawCell(1, billUpdates, 1, 1, '{"type":'));
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([update(1)]);
    expect(errors).toEqual([expect.any(SyntaxError)]);
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([update(1)]);
    expect(errors).toHaveLength(1);
  });
});

describe('a value cell', () => {
  it('is null before anything is known', () => {
    expect(model.value('bill:1', CellKind.billEngagement)).toBeNull();
  });

  it('shows the newest value, the same object until it changes', () => {
    apply(new BundleWriter().opened(1, 'bill:1').engagement(1, { bill_id: 1, viewCount: 3 }));
    const before = model.value('bill:1', CellKind.billEngagement);
    expect(before).toEqual({ bill_id: 1, viewCount: 3 });
    expect(model.value('bill:1', CellKind.billEngagement)).toBe(before);
    apply(new BundleWriter().engagement(1, { bill_id: 1, viewCount: 4 }));
    expect(model.value('bill:1', CellKind.billEngagement)).toEqual({ bill_id: 1, viewCount: 4 });
  });
});

describe('topics', () => {
  it('are forgotten when closed, and their handles used again', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    apply(
      new BundleWriter()
        .closed(1)
        .opened(1, 'bill:2')
        .updates(1, 0, [update(2)]),
    );
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([]);
    expect(model.list('bill:2', CellKind.billUpdates)).toEqual([update(2)]);
  });

  it('leave nothing behind', () => {
    for (let n = 0; n < 100; ++n) {
      apply(new BundleWriter().opened(1, `bill:${n}`).updates(1, 0, [update(n)]));
      apply(new BundleWriter().closed(1));
    }
    expect(model.heldBytes).toBe(0);
  });

  it('have versions that never repeat for other content, also when closed and opened again', () => {
    const seen: number[] = [];
    for (let n = 0; n < 3; ++n) {
      apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(n)]));
      seen.push(model.version('bill:1', billUpdates));
      apply(new BundleWriter().closed(1));
      expect(model.version('bill:1', billUpdates)).toBe(0);
    }
    expect(new Set(seen).size).toBe(3);
  });

  it('have a version for each cell', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    const before = model.version('bill:1', billUpdates);
    apply(new BundleWriter().engagement(1, { bill_id: 1 }));
    expect(model.version('bill:1', billUpdates)).toBe(before);
    expect(model.version('bill:1', billEngagement)).toBeGreaterThan(0);
  });
});

describe('counters', () => {
  it('are those of the newest bundle', () => {
    expect(model.counter('framesReceived')).toBe(0);
    apply(new BundleWriter().counter('framesReceived', 3).counter('serverErrors', 1));
    apply(new BundleWriter().counter('framesReceived', 5).counter('serverErrors', 1));
    expect(model.counter('framesReceived')).toBe(5);
    expect(model.counter('serverErrors')).toBe(1);
  });
});

describe('what a topic comes with', () => {
  it('is best effort until the engine says otherwise, and again in a topic that is opened anew', () => {
    apply(new BundleWriter().opened(1, 'bill:1').opened(2, '*').opened(3, 'local:outbox'));
    expect(model.guarantees()).toEqual({ 'bill:1': 'best-effort', '*': 'best-effort' });
    apply(new BundleWriter().guarantee(1, true).guarantee(9, true));
    expect(model.guarantees()).toEqual({ 'bill:1': 'exactly-ordered', '*': 'best-effort' });
    apply(new BundleWriter().closed(1).opened(4, 'bill:1'));
    expect(model.guarantees()['bill:1']).toBe('best-effort');
    apply(new BundleWriter().guarantee(4, true).guarantee(4, false));
    expect(model.guarantees()['bill:1']).toBe('best-effort');
    model.reset();
    expect(model.guarantees()).toEqual({});
  });
});

describe('when the engine is gone', () => {
  it('everything is unknown again and every watcher is told', () => {
    const [cell, empty, connection] = [vi.fn(), vi.fn(), vi.fn()];
    apply(
      new BundleWriter()
        .opened(1, 'bill:1')
        .updates(1, 0, [update(1)])
        .connection({
          state: 'connected',
          previousState: 'connecting',
          quality: 'good',
          attempt: 0,
        })
        .counter('framesReceived', 4),
    );
    model.watch('bill:1', billUpdates, cell);
    model.watch('bill:2', billUpdates, empty);
    model.watchConnection(connection);
    model.reset();
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([]);
    expect(model.connection()).toMatchObject({ state: 'disconnected', previousState: 'connected' });
    expect(model.counter('framesReceived')).toBe(0);
    expect(model.heldBytes).toBe(0);
    expect([cell, empty, connection].map((listener) => listener.mock.calls.length)).toEqual([
      1, 0, 1,
    ]);
  });

  it('costs what is open, not how many topics ever were', () => {
    const newest = 4_000_000_000;
    apply(new BundleWriter().opened(newest, 'bill:1').updates(newest, 0, [update(1)]));
    model.reset();
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([]);
  });

  it('a new engine may use the same handles', () => {
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(1)]));
    const before = model.version('bill:1', billUpdates);
    model.reset();
    apply(new BundleWriter().opened(1, 'bill:1').updates(1, 0, [update(2)]));
    expect(model.list('bill:1', CellKind.billUpdates)).toEqual([update(2)]);
    expect(model.version('bill:1', billUpdates)).not.toBe(before);
  });
});
