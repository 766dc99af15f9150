// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CellKind, EventKind } from '../../../js/src/engine/abi.js';
import { HostedEngineClient } from '../../../js/src/engine/engine-client.js';
import { EngineError } from '../../../js/src/engine/engine-error.js';
import { FakeHost } from '../hosts/support/fake-host.js';
import { FakeSignals } from '../hosts/support/fake-signals.js';
import { BundleWriter } from '../read-model/support/bundle-writer.js';
import { VirtualTime, settled } from './support/virtual-time.js';

const connected = { state: 'connected', previousState: 'connecting', quality: 'good', attempt: 0 };
const crash = new EngineError('engine-crashed', 'unreachable');

let time: VirtualTime;
let signals: FakeSignals;
let hosts: FakeHost[];
let errors: unknown[];
let client: HostedEngineClient;

beforeEach(() => {
  time = new VirtualTime();
  signals = new FakeSignals();
  hosts = [];
  errors = [];
  client = new HostedEngineClient({
    createHost: (events) => {
      const host = new FakeHost(events);
      hosts.push(host);
      return host;
    },
    seams: { frames: time.frames, timers: time.timers, signals },
    onListenerError: (error) => errors.push(error),
  });
});

const lastHost = (): FakeHost => hosts.at(-1) as FakeHost;

async function started(): Promise<FakeHost> {
  const start = client.start();
  lastHost().resolve();
  await start;
  const host = lastHost();
  host.batches.length = 0;
  return host;
}

const arrive = (host: FakeHost, writer: BundleWriter): void => {
  host.events.bundle(writer.buffer());
};

describe('starting', () => {
  it('is done once, however often it is asked for', async () => {
    const starts = [client.start(), client.start()];
    lastHost().resolve();
    await Promise.all(starts);
    await client.start();
    expect(hosts).toHaveLength(1);
  });

  it('first tells the engine about the page, then what was asked before', async () => {
    signals.setVisible(false);
    client.command('subscribe', 1, 'bill:1', '{}');
    client.command('connect', 'token');
    lastHostSoon();
    await client.start();
    expect(lastHost().batches).toEqual([
      [
        ['setVisible', false],
        ['setOnline', true],
      ],
      [
        ['subscribe', 1, 'bill:1', '{}'],
        ['connect', 'token'],
      ],
    ]);
  });

  it('rejects when there is no engine; commands wait for the next attempt', async () => {
    client.command('connect', '');
    const failing = client.start();
    lastHost().reject(new EngineError('engine-load-failed', 'no such file'));
    await expect(failing).rejects.toMatchObject({ code: 'engine-load-failed' });
    const start = client.start();
    lastHost().resolve();
    await start;
    expect(hosts).toHaveLength(2);
    expect(lastHost().batches.at(-1)).toEqual([['connect', '']]);
  });

  it('rejects when the host cannot even be made, and may be tried again', async () => {
    let broken = true;
    const fragile = new HostedEngineClient({
      createHost: (events) => {
        if (broken) throw new EngineError('engine-load-failed', 'no WebSocket');
        return new FakeHost(events);
      },
      seams: { frames: time.frames, timers: time.timers, signals },
      onListenerError: () => undefined,
    });
    await expect(fragile.start()).rejects.toMatchObject({ message: 'no WebSocket' });
    broken = false;
    void fragile.start();
  });
});

describe('a recording', () => {
  it('is made after every command that was given before', async () => {
    const host = await started();
    host.recording = new Uint8Array([7]).buffer;
    client.command('connect', '');
    expect(await client.exportRecording(false)).toBe(host.recording);
    expect([host.batches, host.exports]).toEqual([[[['connect', '']]], [false]]);
  });

  it('that nobody makes is an error that says what to do', async () => {
    await started();
    await expect(client.exportRecording(true)).rejects.toMatchObject({
      code: 'recording-off',
      message: expect.stringMatching(
        /websocket\.recording\.enabled.*engine\.recording\.wasm/,
      ) as string,
    });
  });

  it('needs an engine', async () => {
    await expect(client.exportRecording(true)).rejects.toMatchObject({ code: 'engine-stopped' });
    const host = await started();
    client.stop();
    await expect(client.exportRecording(true)).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(host.exports).toEqual([]);
  });
});

/** Resolves the host's start as soon as there is one. */
function lastHostSoon(): void {
  queueMicrotask(() => {
    lastHost().resolve();
  });
}

describe('commands', () => {
  it('of one task go out together', async () => {
    const host = await started();
    client.command('subscribe', 1, 'bill:1', '{}');
    client.command('subscribe', 2, 'bill:2', '{}');
    expect(host.batches).toEqual([]);
    await settled();
    client.command('unsubscribe', 1);
    await settled();
    expect(host.batches).toEqual([
      [
        ['subscribe', 1, 'bill:1', '{}'],
        ['subscribe', 2, 'bill:2', '{}'],
      ],
      [['unsubscribe', 1]],
    ]);
  });
});

describe('sending', () => {
  it('resolves when the engine is done', async () => {
    const host = await started();
    const sent = client.send('{"type":"ping"}');
    await settled();
    expect(host.batches).toEqual([[['send', 1, '{"type":"ping"}', '']]]);
    arrive(host, new BundleWriter().result(1));
    await expect(sent).resolves.toBeUndefined();
  });

  it('rejects with the name of the reason', async () => {
    const host = await started();
    const sent = client.send('x');
    arrive(host, new BundleWriter().result(1, 9, 'The queue is full.'));
    await expect(sent).rejects.toMatchObject({
      code: 'outbox-full',
      message: 'The queue is full.',
    });
  });

  it('rejects when there is no engine; what was asked otherwise waits for the next attempt', async () => {
    const sent = client.send('x');
    client.command('connect', '');
    const failing = client.start();
    lastHost().reject(new EngineError('engine-load-failed', 'no such file'));
    await expect(failing).rejects.toThrow();
    await expect(sent).rejects.toMatchObject({ code: 'engine-load-failed' });
    const start = client.start();
    lastHost().resolve();
    await start;
    expect(lastHost().batches.at(-1)).toEqual([['connect', '']]);
  });

  it('rejects when the engine ends first', async () => {
    await started();
    const sent = client.send('x');
    client.stop();
    await expect(sent).rejects.toMatchObject({ code: 'engine-stopped' });
  });
});

describe('bundles', () => {
  it('are applied and told, state first', async () => {
    const host = await started();
    const told: unknown[] = [];
    client.setHandlers({
      event: (kind, topic, payload) =>
        told.push([kind, topic, payload(), client.readModel.version(topic, CellKind.billUpdates)]),
      connection: (change) => told.push(change.state),
    });
    arrive(
      host,
      new BundleWriter()
        .opened(1, 'bill:1')
        .updates(1, 0, [{ type: 'amendment' }])
        .event(EventKind.billUpdate, 1, { type: 'amendment' })
        .connection(connected),
    );
    expect(told).toEqual([[EventKind.billUpdate, 'bill:1', { type: 'amendment' }, 1], 'connected']);
  });

  it('give the credit back at the next frame', async () => {
    const host = await started();
    arrive(host, new BundleWriter().connection(connected));
    expect(host.credits).toEqual([]);
    await time.frame();
    expect(host.credits).toEqual([0]);
  });

  it('ask for a frame only when somebody was told of them; otherwise the host waits', async () => {
    const host = await started();
    arrive(host, new BundleWriter().opened(1, 'bill:1').updates(1, 0, [{ type: 'amendment' }]));
    expect(host.credits).toEqual([16]);
    expect(time.pendingFrames).toBe(0);
    expect(time.pendingTimers).toBe(0);
    client.readModel.watch('bill:1', CellKind.billUpdates, () => undefined);
    arrive(host, new BundleWriter().updates(1, 1, [{ type: 'amendment' }]));
    expect(time.pendingFrames).toBe(1);
  });

  it('that cannot be read are one error; the next is read again', async () => {
    const host = await started();
    const error = vi.fn();
    client.setHandlers({ error });
    host.events.bundle(new ArrayBuffer(4));
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: 'bundle-unreadable' }),
    );
    arrive(host, new BundleWriter().connection(connected));
    expect(client.readModel.connection().state).toBe('connected');
    await time.frame();
    expect(host.credits).toEqual([0]);
  });

  it('reach the handlers that are set when they arrive', async () => {
    const host = await started();
    client.setHandlers({ tokenWanted: () => errors.push('the old handler') });
    const tokenWanted = vi.fn();
    client.setHandlers({ tokenWanted });
    arrive(host, new BundleWriter().tokenWanted(5));
    expect(tokenWanted).toHaveBeenCalledExactlyOnceWith(5);
    expect(errors).toEqual([]);
  });
});

describe('the page’s life', () => {
  it('reaches the engine', async () => {
    const host = await started();
    signals.setVisible(false);
    signals.setOnline(false);
    signals.resume();
    await settled();
    expect(host.batches).toEqual([[['setVisible', false], ['setOnline', false], ['resumed']]]);
  });

  it('is told as it is when the engine is there, not how it came to be', async () => {
    const start = client.start();
    signals.setVisible(false);
    signals.setOnline(false);
    signals.setOnline(true);
    lastHost().resolve();
    await start;
    await settled();
    expect(lastHost().batches).toEqual([
      [
        ['setVisible', false],
        ['setOnline', true],
      ],
    ]);
  });
});

describe('stopping', () => {
  it('ends the host, forgets what it knew and tells so', async () => {
    const host = await started();
    const connection = vi.fn();
    client.setHandlers({ connection });
    arrive(
      host,
      new BundleWriter()
        .opened(1, 'bill:1')
        .updates(1, 0, [{ type: 'x' }])
        .connection(connected),
    );
    client.command('unsubscribe', 1);
    client.stop();
    expect(host.isStopped).toBe(true);
    expect(host.batches).toEqual([[['unsubscribe', 1]]]);
    expect(client.readModel.list('bill:1', CellKind.billUpdates)).toEqual([]);
    expect(connection).toHaveBeenLastCalledWith(
      expect.objectContaining({ state: 'disconnected', previousState: 'connected' }),
    );
    await time.frame();
    expect(host.credits).toEqual([]);
    expect(signals.listenerCount).toBe(0);
    expect(time.pendingTimers).toBe(0);
  });

  it('keeps commands given afterwards for the next start, and only those', async () => {
    client.command('subscribe', 1, 'bill:1', '{}');
    void client.start().catch(() => undefined);
    client.stop();
    client.command('subscribe', 2, 'bill:2', '{}');
    const start = client.start();
    lastHost().resolve();
    await start;
    expect(lastHost().batches.at(-1)).toEqual([['subscribe', 2, 'bill:2', '{}']]);
  });

  it('hears nothing more of the engine that was', async () => {
    const host = await started();
    const tokenWanted = vi.fn();
    client.setHandlers({ tokenWanted, error: tokenWanted });
    client.stop();
    arrive(host, new BundleWriter().tokenWanted(1));
    host.events.failure(crash);
    expect(tokenWanted).not.toHaveBeenCalled();
  });

  it('does nothing when nothing was started', () => {
    client.stop();
    client.stop();
    expect(hosts).toEqual([]);
  });
});

describe('an engine that breaks down', () => {
  it('is one error; what waited is rejected, what was known is forgotten, and start makes a new one', async () => {
    const host = await started();
    const error = vi.fn();
    const connection = vi.fn();
    client.setHandlers({ error, connection });
    arrive(host, new BundleWriter().connection(connected));
    const sent = client.send('x');
    host.events.failure(crash);
    await expect(sent).rejects.toBe(crash);
    expect(error).toHaveBeenCalledExactlyOnceWith({
      code: 'engine-crashed',
      message: 'unreachable',
    });
    expect(client.readModel.connection().state).toBe('disconnected');
    expect(connection).toHaveBeenCalledTimes(2);
    await started();
    expect(hosts).toHaveLength(2);
  });
});

describe('figures', () => {
  it('answers each who asked, in order, without telling anybody else', async () => {
    const host = await started();
    const watcher = vi.fn();
    client.readModel.watchConnection(watcher);
    const countedAt = async (): Promise<number | undefined> => {
      await client.refreshFigures();
      return client.readModel.figures()?.countedAt;
    };
    const answers = [countedAt(), countedAt()];
    await settled();
    expect(host.batches.flat()).toEqual([['reportFigures'], ['reportFigures']]);
    arrive(
      host,
      new BundleWriter().opened(4, 'bill:1').figures(
        [
          [4, 7],
          [5, 8],
        ],
        10,
      ),
    );
    expect(await answers[0]).toBe(10);
    expect([...(client.readModel.figures()?.topics ?? [])]).toMatchObject([
      ['bill:1', { messages: 7, bytes: 0 }],
    ]);
    arrive(host, new BundleWriter().figures([], 11));
    expect(await answers[1]).toBe(11);
    expect(watcher).not.toHaveBeenCalled();
  });

  it('leaves nobody waiting when the engine ends, and asks nobody when there is none', async () => {
    await client.refreshFigures();
    await started();
    const asked = client.refreshFigures();
    client.stop();
    await asked;
    expect(client.readModel.figures()).toBeNull();
  });
});
