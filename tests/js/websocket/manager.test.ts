// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { EventKind } from '../../../js/src/engine/abi.js';
import { EngineError } from '../../../js/src/engine/engine-error.js';
import type { GetToken, WebSocketConfigInput } from '../../../js/src/types.js';
import { UnifiedWebSocketManager } from '../../../js/src/websocket/manager.js';
import { readsState } from '../../../js/src/websocket/reads-state.js';
import { FakeEngine, settle } from '../support/fake-engine.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

function managerOnFake(config: WebSocketConfigInput = {}) {
  const engine = new FakeEngine();
  const manager = new UnifiedWebSocketManager(config, { createEngine: () => engine });
  return { engine, manager };
}

describe('making a manager', () => {
  it('opens and starts nothing', () => {
    const { engine, manager } = managerOnFake();
    expect([engine.starts, engine.commands]).toEqual([0, []]);
    expect([manager.isConnected(), manager.getConnectionState()]).toEqual([false, 'disconnected']);
  });

  it('refuses a configuration that is not valid', () => {
    expect(() => managerOnFake({ url: 'http://example.org' })).toThrow('websocket.url');
  });

  it('makes one shared manager', () => {
    const shared = UnifiedWebSocketManager.getInstance();
    expect(UnifiedWebSocketManager.getInstance({ url: 'ws://elsewhere/' })).toBe(shared);
  });
});

describe('connecting', () => {
  it('is under way at once and done when the engine says so', async () => {
    const { engine, manager } = managerOnFake();
    const changes: unknown[] = [];
    manager.on('connectionChange', (connected) => changes.push(connected));
    manager.on('connected', () => changes.push('connected'));
    manager.on('disconnected', () => changes.push('disconnected'));
    manager.on('stateChange', (state, previous) => changes.push(`${previous} → ${state}`));
    let resolved = false;
    const connected = manager.connect('secret-token').then(() => (resolved = true));
    expect(manager.getConnectionState()).toBe('connecting');
    expect(engine.told('connect')).toEqual([['secret-token']]);
    engine.report('connecting');
    await settle();
    expect([engine.starts, resolved]).toEqual([1, false]);

    engine.report('connected');
    await connected;
    expect(manager.isConnected()).toBe(true);
    manager.disconnect();
    expect(manager.isConnected()).toBe(false);
    await settle();
    expect(changes).toEqual([
      'disconnected → connecting',
      'connecting → connected',
      true,
      'connected',
      'connected → disconnected',
      false,
      'disconnected',
    ]);
  });

  it('asks the engine once, unless with another token', async () => {
    const { engine, manager } = managerOnFake();
    void manager.connect('first-token');
    void manager.connect();
    void manager.connect('first-token');
    engine.report('connecting');
    engine.report('connected');
    await manager.connect();
    expect(engine.told('connect')).toHaveLength(1);
    await manager.connect('other-token');
    expect(engine.told('connect')).toEqual([['first-token'], ['other-token']]);
  });

  it('uses the token of before when there is no new one, and tries again at once while reconnecting', async () => {
    const { engine, manager } = managerOnFake();
    void manager.connect('first-token');
    engine.report('connecting');
    engine.report('reconnecting', { attempt: 1 });
    await manager.connect();
    expect(engine.told('connect')).toEqual([['first-token'], ['first-token']]);
  });

  it('resolves when the engine goes on trying', async () => {
    const { engine, manager } = managerOnFake();
    const connected = manager.connect();
    engine.report('connecting');
    engine.report('reconnecting', { error: { code: 'socket-failed', message: 'No.' } });
    await expect(connected).resolves.toBeUndefined();
    expect(manager.getConnectionState()).toBe('reconnecting');
  });

  it('rejects when there can be no connection, and tells it as an error', async () => {
    const { engine, manager } = managerOnFake();
    const errors: Error[] = [];
    manager.on('error', (error) => errors.push(error));
    const connected = manager.connect('secret-token');
    engine.report('connecting');
    engine.report('failed', {
      error: {
        code: 'connection-refused',
        message: 'Bad token secret-token in ?token=secret-token',
      },
    });
    await expect(connected).rejects.toMatchObject({ code: 'connection-refused' });
    await settle();
    expect(errors.map(String)).toEqual(['EngineError: Bad token [token] in ?token=[token]']);
  });

  it('fails with an engine that cannot be loaded, and can be tried again', async () => {
    const { engine, manager } = managerOnFake();
    engine.startError = new EngineError('engine-load-failed', 'Serve engine.wasm.');
    await expect(manager.connect()).rejects.toThrow('Serve engine.wasm.');
    expect(manager.getConnectionState()).toBe('failed');
    engine.startError = null;
    const again = manager.connect();
    expect(manager.getConnectionState()).toBe('connecting');
    engine.report('connecting');
    engine.report('connected');
    await again;
  });

  it('is refused on a page that must not connect', async () => {
    const { engine, manager } = managerOnFake({ security: { validateOrigin: true } });
    vi.stubGlobal('location', new URL('https://example.org/'));
    await expect(manager.connect()).rejects.toThrow('allowedOrigins');
    expect([engine.starts, manager.getConnectionState()]).toEqual([0, 'failed']);
  });

  it.each<[string, WebSocketConfigInput, string | undefined, boolean]>([
    ['a token', {}, 'secret-token', false],
    ['a getToken', { getToken: () => 'secret-token' }, undefined, false],
    ['no token', {}, undefined, true],
    ['a token of a page that allows it', { security: { allowInsecureToken: true } }, 'x', true],
    ['a token that is not in the address', { auth: 'message' }, 'secret-token', true],
    ['a token over wss:', { url: 'wss://example.org/ws' }, 'secret-token', true],
    ['a token to this machine', { url: 'ws://127.0.0.1:1/ws' }, 'secret-token', true],
  ])('takes %s over ws: only where nobody can listen', async (_what, config, token, isAllowed) => {
    const { engine, manager } = managerOnFake({ url: 'ws://example.org/ws', ...config });
    const errors: Error[] = [];
    manager.on('error', (error) => errors.push(error));
    void manager.connect(token);
    await settle();
    expect(engine.told('connect')).toHaveLength(isAllowed ? 1 : 0);
    expect(engine.starts).toBe(isAllowed ? 1 : 0);
    expect(errors.map(({ message }) => message)).toEqual(
      isAllowed ? [] : [expect.stringContaining('websocket.security.allowInsecureToken')],
    );
    expect(String(errors)).not.toContain('secret');
  });

  it('throws at nobody when its promise is ignored, and says on the console why it failed unless somebody listens', async () => {
    const console = vi.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
    const { engine, manager } = managerOnFake();
    engine.startError = new Error('boom');
    void manager.connect();
    await settle();
    expect(manager.getConnectionState()).toBe('failed');
    expect(console.mock.calls).toEqual([['civic-realtime: boom']]);

    manager.on('error', () => undefined);
    void manager.connect();
    await settle();
    expect(console).toHaveBeenCalledTimes(1);
  });

  it('does not show reports from before the caller changed his mind', async () => {
    const { engine, manager } = managerOnFake();
    void manager.connect();
    engine.report('connecting');
    manager.disconnect();
    engine.report('connected');
    expect(manager.getConnectionState()).toBe('disconnected');
    let settled = false;
    void manager.connect().then(() => (settled = true));
    engine.report('disconnected');
    expect(manager.getConnectionState()).toBe('connecting');
    await settle();
    expect(settled).toBe(false);
    engine.report('connecting');
    engine.report('connected');
    expect(manager.getConnectionState()).toBe('connected');
  });

  it('shows that the server has finished', () => {
    const { engine, manager } = managerOnFake();
    void manager.connect();
    engine.report('connecting');
    engine.report('connected');
    engine.report('disconnected', { code: 1000 });
    expect(manager.getConnectionState()).toBe('disconnected');
  });

  it('says nothing on the console of what it recovers from', async () => {
    const console = vi.spyOn(globalThis.console, 'error');
    const { engine, manager } = managerOnFake();
    void manager.connect();
    engine.report('connecting');
    engine.report('reconnecting', {
      error: { code: 'connection-lost', message: 'Lost.' },
      attempt: 1,
    });
    await settle();
    expect(console).not.toHaveBeenCalled();
  });

  it('tells an error once, however often its state is reported', async () => {
    const { engine, manager } = managerOnFake();
    const onError = vi.fn();
    manager.on('error', onError);
    void manager.connect();
    engine.report('connecting');
    const error = { code: 'connection-lost', message: 'Lost.' };
    engine.report('reconnecting', { error, attempt: 1 });
    engine.report('reconnecting', { error, attempt: 1, retryInMs: 5 });
    engine.report('reconnecting', { error, attempt: 2 });
    await settle();
    expect(onError).toHaveBeenCalledTimes(2);
  });
});

describe('subscribing', () => {
  it('gives messages to the callback, in order', async () => {
    const { engine, manager } = managerOnFake();
    const callback = vi.fn();
    const id = manager.subscribe('bill:1', callback, {
      filters: { type: ['a', 'b'] },
      priority: 'high',
    });
    expect(id).toBeTypeOf('string');
    const [[handle, topic, options] = []] = engine.told('subscribe');
    expect(topic).toBe('bill:1');
    expect(JSON.parse(String(options))).toEqual({
      filters: { type: ['a', 'b'] },
      priority: 'high',
    });
    engine.handlers.delivery?.(handle as number, { type: 'x', n: 1 });
    engine.handlers.delivery?.(handle as number, { type: 'x', n: 2 });
    await settle();
    expect(callback.mock.calls).toEqual([[{ type: 'x', n: 1 }], [{ type: 'x', n: 2 }]]);

    expect(manager.getSubscriptionCount()).toBe(1);
    expect(manager.unsubscribe(id)).toBe(true);
    expect(manager.unsubscribe(id)).toBe(false);
    expect(engine.told('unsubscribe')).toEqual([[handle]]);
    engine.handlers.delivery?.(handle as number, { type: 'x', n: 3 });
    await settle();
    expect(callback).toHaveBeenCalledTimes(2);
  });

  it('tells an error what a callback threw; the others get their messages', async () => {
    const { engine, manager } = managerOnFake();
    const onError = vi.fn();
    manager.on('error', onError);
    const problem = new Error('mine');
    manager.subscribe('a', () => {
      throw problem;
    });
    const other = vi.fn();
    manager.subscribe('a', other);
    for (const [handle] of engine.told('subscribe')) {
      engine.handlers.delivery?.(handle as number, { type: 'x' });
    }
    await settle();
    expect(onError).toHaveBeenCalledExactlyOnceWith(problem);
    expect(other).toHaveBeenCalledOnce();
  });

  it('reports as uncaught what a callback or an error listener threw and nobody hears', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const { engine, manager } = managerOnFake();
    manager.subscribe('a', () => {
      throw new Error('in a callback');
    });
    const [[handle] = []] = engine.told('subscribe');
    engine.handlers.delivery?.(handle as number, { type: 'x' });
    await settle();
    manager.on('error', () => {
      throw new Error('in a listener');
    });
    engine.handlers.error?.({ code: 'invalid-message', message: 'Bad.' });
    await settle();
    expect(reported.map(String)).toEqual(['Error: in a callback', 'Error: in a listener']);
  });

  it('has no messages made for callbacks that read state', async () => {
    const { engine, manager } = managerOnFake();
    const callback = readsState(vi.fn());
    const first = manager.subscribe('bill:1', callback);
    expect(engine.told('subscribe')).toEqual([[1, 'bill:1', '{"deliver":false}']]);
    manager.unsubscribe(first);
    const second = manager.subscribe('bill:1', callback);
    const third = manager.subscribe('bill:1', callback);
    await settle();
    expect(engine.commands.map(([name]) => name)).toEqual(['subscribe', 'subscribe']);
    manager.unsubscribe(second);
    manager.unsubscribe(third);
    await settle();
    expect(engine.told('unsubscribe')).toEqual([[1], [2]]);
  });

  it.each<[string, () => unknown]>([
    ['topic', () => managerOnFake().manager.subscribe('', vi.fn())],
    ['callback', () => managerOnFake().manager.subscribe('a', 5 as never)],
    [
      'priority',
      () => managerOnFake().manager.subscribe('a', vi.fn(), { priority: 'now' as never }),
    ],
    [
      'filter "x"',
      () => managerOnFake().manager.subscribe('a', vi.fn(), { filters: { x: {} as never } }),
    ],
    ['filter "x"', () => managerOnFake().manager.subscribe('a', vi.fn(), { filters: { x: NaN } })],
  ])('refuses a wrong %s', (name, subscribe) => {
    expect(subscribe).toThrow(name);
  });

  it('tells an engine that has lost everything, before the next connect', async () => {
    const { engine, manager } = managerOnFake();
    const errors: unknown[] = [];
    manager.on('error', (error) => errors.push(error));
    manager.on('message', vi.fn());
    manager.subscribe('bill:1', vi.fn());
    void manager.connect();
    engine.report('connecting');
    engine.report('connected');
    engine.commands.length = 0;
    engine.report('disconnected');
    engine.handlers.error?.({ code: 'engine-crashed', message: 'Out of memory.' });
    expect(manager.getConnectionState()).toBe('failed');
    expect(engine.commands).toEqual([
      ['listen', 1 << EventKind.message],
      ['subscribe', 1, 'bill:1', '{}'],
    ]);
    await settle();
    expect(errors).toMatchObject([{ code: 'engine-crashed' }]);
  });
});

describe('listening', () => {
  it('asks the engine for the events somebody listens to, and for no others', async () => {
    const { engine, manager } = managerOnFake();
    const leave = manager.on('billUpdate', vi.fn());
    const listener = vi.fn();
    manager.on('billUpdate', listener);
    manager.on('connected', vi.fn());
    manager.on('message', vi.fn());
    leave();
    manager.off('billUpdate', listener);
    const bill = 1 << EventKind.billUpdate;
    const message = 1 << EventKind.message;
    expect(engine.told('listen')).toEqual([[bill], [bill | message], [message]]);
  });

  it('parses what somebody listens to, once', async () => {
    const { engine, manager } = managerOnFake();
    const payload = vi.fn(() => ({ type: 'status_change' }));
    engine.handlers.event?.(EventKind.billUpdate, 'bill:1', payload);
    expect(payload).not.toHaveBeenCalled();
    const listener = vi.fn();
    manager.on('billUpdate', listener);
    engine.handlers.event?.(EventKind.billUpdate, 'bill:1', payload);
    await settle();
    expect(listener).toHaveBeenCalledExactlyOnceWith({ type: 'status_change' });
  });

  it('keeps messages, events and state changes in the order in which they came', async () => {
    const { engine, manager } = managerOnFake();
    const heard: string[] = [];
    manager.subscribe('bill:1', () => heard.push('message'));
    manager.on('billUpdate', () => heard.push('event'));
    manager.on('error', () => heard.push('error'));
    engine.handlers.delivery?.(1, { type: 'x' });
    engine.event(EventKind.billUpdate, {});
    engine.handlers.error?.({ code: 'invalid-message', message: '' });
    engine.handlers.delivery?.(1, { type: 'x' });
    await settle();
    expect(heard).toEqual(['message', 'event', 'error', 'message']);
  });
});

describe('sending', () => {
  it('hands the message over as JSON', async () => {
    const { engine, manager } = managerOnFake();
    await manager.send({ type: 'ping', n: 1 });
    expect(engine.told('send')).toEqual([['{"type":"ping","n":1}', '']]);
  });

  it('refuses what is over 1 MiB, counted in UTF-8, and what is no message', async () => {
    const { engine, manager } = managerOnFake();
    const frame = JSON.stringify({ type: 'x', text: '' }).length;
    await manager.send({ type: 'x', text: 'a'.repeat(1048576 - frame) });
    const refused = [
      { type: 'x', text: 'a'.repeat(1048577 - frame) },
      { type: 'x', text: '😀'.repeat(1 + (1048576 - frame) / 4) },
      { type: 'x', text: 'é'.repeat(1 + (1048576 - frame) / 2) },
    ];
    for (const message of refused) {
      await expect(manager.send(message)).rejects.toMatchObject({ code: 'message-too-large' });
    }
    await expect(manager.send({ n: 1 } as never)).rejects.toThrow('type');
    await expect(manager.send(null as never)).rejects.toThrow('type');
    expect(engine.told('send')).toHaveLength(1);
  });

  it('hands over how a message is to wait, and only what is said', async () => {
    const { engine, manager } = managerOnFake();
    const options = { expiresInMs: 5000, whenFull: 'dropOldest', key: 'vote 1' } as const;
    await manager.send({ type: 'x' }, options);
    await manager.send({ type: 'x' }, {});
    await manager.send({ type: 'x' }, { key: undefined } as never);
    expect(engine.told('send').map(([, text]) => text)).toEqual([JSON.stringify(options), '', '']);
  });

  it.each<[string, unknown, string]>([
    ['no options', 5, 'The options of send are 5'],
    ['a list', [], 'The options of send are []'],
    ['a time that is over', { expiresInMs: 0 }, 'The option expiresInMs of send is 0; allowed: a'],
    ['no time', { expiresInMs: Infinity }, 'expiresInMs of send is Infinity'],
    ['no such choice', { whenFull: 'block' }, "\"block\"; allowed: 'reject' or 'dropOldest'"],
    ['an empty key', { key: '' }, 'key of send is ""'],
    ['an option there is not', { ttl: 5 }, 'no option ttl; allowed: expiresInMs, whenFull, key'],
    ['several things wrong', { key: 1, whenFull: 2 }, 'whenFull'],
  ])('refuses %s with one error', async (_what, options, sentence) => {
    const { engine, manager } = managerOnFake();
    const refusal = await manager
      .send({ type: 'x' }, options as never)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invalid-argument' });
    expect(String(refusal)).toContain(sentence);
    expect(engine.told('send')).toEqual([]);
  });

  it('starts an engine, without connecting, so that what waits can expire', async () => {
    const { engine, manager } = managerOnFake();
    await manager.send({ type: 'x' });
    expect([engine.starts, engine.told('connect')]).toEqual([1, []]);
  });

  it('shows no token that a server repeats when it refuses a message', async () => {
    const { engine, manager } = managerOnFake();
    void manager.connect('secret-token');
    engine.sendResult = Promise.reject(
      new EngineError('message-rejected', 'No: secret-token', {
        context: { reason: 'secret-token' },
      }),
    );
    const refusal = await manager.send({ type: 'x' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'message-rejected', context: { reason: '[token]' } });
    expect(String(refusal)).not.toContain('secret');
  });

  it('rejects with the engine’s reason, and troubles nobody when ignored', async () => {
    const { engine, manager } = managerOnFake();
    engine.sendResult = Promise.reject(new EngineError('outbox-full', 'Full.'));
    void manager.send({ type: 'x' });
    await expect(manager.send({ type: 'x' })).rejects.toMatchObject({ code: 'outbox-full' });
  });
});

describe('tokens', () => {
  const withToken = (getToken: GetToken) => managerOnFake({ getToken });

  it('come from getToken, once for all who ask at the same time', async () => {
    const getToken = vi.fn(() => Promise.resolve('fresh-token'));
    const { engine } = withToken(getToken);
    engine.handlers.tokenWanted?.(1);
    engine.handlers.tokenWanted?.(2);
    await settle();
    expect(engine.told('provideToken')).toEqual([
      [1, 'fresh-token'],
      [2, 'fresh-token'],
    ]);
    expect(getToken).toHaveBeenCalledOnce();
    engine.handlers.tokenWanted?.(3);
    await settle();
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it.each<[string, GetToken]>([
    [
      'throws',
      () => {
        throw new Error('no session');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no session'))],
    ['gives no string', () => 5 as never],
  ])('are none when getToken %s, which is told', async (_what, getToken) => {
    const { engine, manager } = withToken(getToken);
    const errors: Error[] = [];
    manager.on('error', (error) => errors.push(error));
    engine.handlers.tokenWanted?.(1);
    await settle();
    expect(engine.told('provideToken')).toEqual([[1, '']]);
    expect(errors).toMatchObject([{ code: 'token-unavailable' }]);
  });

  it('are asked for anew when getToken hangs, whose late answer then counts for nothing', async () => {
    vi.useFakeTimers({ now: 0 });
    const answers: ((token: string) => void)[] = [];
    const { engine, manager } = withToken(
      () => new Promise<string>((resolve) => answers.push(resolve)),
    );
    engine.handlers.tokenWanted?.(1);
    vi.setSystemTime(20_000);
    engine.handlers.tokenWanted?.(2);
    await settle();
    expect(answers).toHaveLength(1);
    vi.setSystemTime(30_000);
    engine.handlers.tokenWanted?.(3);
    await settle();
    answers[1]?.('fresh-token');
    await settle();
    answers[0]?.('stale-token');
    await settle();
    vi.useRealTimers();
    expect(engine.told('provideToken').at(0)).toEqual([3, 'fresh-token']);
    expect([answers.length, manager.identity]).toEqual([2, 'fresh-token']);
  });

  it('are none when getToken says so', async () => {
    const { engine } = withToken(() => null);
    engine.handlers.tokenWanted?.(1);
    await settle();
    expect(engine.told('provideToken')).toEqual([[1, '']]);
  });
});
