// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CellKind, EventKind } from '../../../js/src/engine/abi.js';
import { BundleReadModel } from '../../../js/src/read-model/read-model.js';
import type { HappeningSink } from '../../../js/src/read-model/happenings.js';
import { BundleWriter } from './support/bundle-writer.js';
import { silentSink } from './support/silent-sink.js';

const update = (n: number): object => ({
  type: 'status_change',
  data: { billId: 1, n },
  timestamp: n,
});

let errors: unknown[];
let model: BundleReadModel;

beforeEach(() => {
  errors = [];
  model = new BundleReadModel({ onListenerError: (error) => errors.push(error) });
});

function apply(writer: BundleWriter, sink: Partial<HappeningSink> = {}): void {
  model.apply(writer.bundle(), { ...silentSink, ...sink });
}

describe('the connection', () => {
  const connecting = {
    state: 'connecting',
    previousState: 'disconnected',
    quality: 'disconnected',
    attempt: 0,
  };
  const connected = {
    state: 'connected',
    previousState: 'connecting',
    quality: 'good',
    attempt: 0,
  };

  it('is disconnected at first', () => {
    expect(model.connection()).toEqual({ ...connecting, state: 'disconnected' });
  });

  it('shows the newest state; the sink is told every change in order', () => {
    const listener = vi.fn();
    const told: string[] = [];
    model.watchConnection(listener);
    apply(new BundleWriter().connection(connecting).connection(connected), {
      connection: (change) =>
        told.push(`${change.previousState} → ${change.state}, now ${model.connection().state}`),
    });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(told).toEqual([
      'disconnected → connecting, now connected',
      'connecting → connected, now connected',
    ]);
    expect(model.connection()).toEqual(connected);
    expect(Object.isFrozen(model.connection())).toBe(true);
  });
});

describe('what happened', () => {
  it('is told in order, after the state was applied', () => {
    const told: unknown[] = [];
    apply(
      new BundleWriter()
        .opened(1, 'bill:1')
        .updates(1, 0, [update(1)])
        .event(EventKind.billUpdate, 1, update(1))
        .delivery(4, { type: 'bill_update' })
        .result(8)
        .result(9, 9, 'too many')
        .error(3, { code: 'malformed-frame', message: 'no JSON' })
        .tokenWanted(2),
      {
        event: (kind, topic, payload) =>
          told.push([kind, topic, payload(), model.list(topic, CellKind.billUpdates).length]),
        delivery: (subscription, message) => told.push([subscription, message]),
        commandResult: (command, error) => told.push([command, error?.code, error?.message]),
        error: (error) => told.push(error),
        tokenWanted: (request) => told.push(request),
      },
    );
    expect(told).toEqual([
      [EventKind.billUpdate, 'bill:1', update(1), 1],
      [4, { type: 'bill_update' }],
      [8, undefined, undefined],
      [9, 'outbox-full', 'too many'],
      { code: 'malformed-frame', message: 'no JSON' },
      2,
    ]);
  });

  it('names the topic also when the same bundle closes it', () => {
    const topics: string[] = [];
    apply(new BundleWriter().opened(1, 'bill:1'));
    apply(
      new BundleWriter().closed(1).event(EventKind.message, 1, {}).event(EventKind.message, 0, {}),
      {
        event: (_kind, topic) => topics.push(topic),
      },
    );
    expect(topics).toEqual(['bill:1', '']);
  });

  it('parses an event once, and only if somebody asks', () => {
    const payloads: (() => unknown)[] = [];
    const parse = vi.spyOn(JSON, 'parse');
    apply(new BundleWriter().event(EventKind.message, 0, { type: 'x' }), {
      event: (_kind, _topic, payload) => payloads.push(payload),
    });
    expect(parse).not.toHaveBeenCalled();
    expect(payloads[0]?.()).toBe(payloads[0]?.());
  });

  it('goes on after a handler that throws', () => {
    const told: number[] = [];
    apply(new BundleWriter().tokenWanted(1).tokenWanted(2), {
      tokenWanted: (request) => {
        told.push(request);
        throw new Error(`handler ${request}`);
      },
    });
    expect(told).toEqual([1, 2]);
    expect(errors).toHaveLength(2);
  });
});
