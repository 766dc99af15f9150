// @vitest-environment node
import { describe, expect, expectTypeOf, it, vi } from 'vitest';

import { EventEmitter } from '../../../js/src/events/event-emitter.js';
import { settle } from '../support/fake-engine.js';

interface Events {
  word: [text: string];
  done: [];
}

describe('EventEmitter', () => {
  it('delivers in a microtask, in the order of emitting and of listening', async () => {
    const emitter = new EventEmitter<Events>();
    const heard: string[] = [];
    emitter.on('word', (text) => heard.push(`a ${text}`));
    emitter.on('done', () => heard.push('done'));
    emitter.on('word', (text) => heard.push(`b ${text}`));

    expect(emitter.emit('word', '1')).toBe(true);
    emitter.emit('done');
    emitter.emit('word', '2');
    expect(heard).toEqual([]);
    await settle();
    expect(heard).toEqual(['a 1', 'b 1', 'done', 'a 2', 'b 2']);
  });

  it('delivers what listeners emit after what was emitted before', async () => {
    const emitter = new EventEmitter<Events>();
    const heard: string[] = [];
    emitter.once('word', () => emitter.emit('word', 'nested'));
    emitter.on('word', (text) => heard.push(text));
    emitter.emit('word', 'first');
    emitter.emit('word', 'second');
    await settle();
    expect(heard).toEqual(['first', 'second', 'nested']);
  });

  it('tells onError what a listener threw, and tells the others the event', async () => {
    const onError = vi.fn();
    const emitter = new EventEmitter<Events>({ onError });
    const problem = new Error('mine');
    const after = vi.fn();
    emitter.on('word', () => {
      throw problem;
    });
    emitter.on('word', after);
    emitter.emit('word', 'x');
    await settle();
    expect(onError.mock.calls).toEqual([[problem, 'word']]);
    expect(after).toHaveBeenCalledExactlyOnceWith('x');
  });

  it('reports what a listener threw as uncaught when there is no onError, or when onError throws', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const emitters = [
      new EventEmitter<Events>(),
      new EventEmitter<Events>({
        onError: () => {
          throw new Error('second');
        },
      }),
    ];
    for (const emitter of emitters) {
      emitter.on('done', () => {
        throw new Error('first');
      });
      emitter.emit('done');
    }
    await settle();
    expect(reported.map(String)).toEqual(['Error: first', 'Error: second']);
    vi.unstubAllGlobals();
  });

  it('never calls a listener that has left, nor for an event from before it came', async () => {
    const emitter = new EventEmitter<Events>();
    const left = vi.fn();
    const late = vi.fn();
    const leave = emitter.on('word', left);
    emitter.emit('word', 'x');
    leave();
    leave();
    emitter.on('word', late);
    await settle();
    expect(left).not.toHaveBeenCalled();
    expect(late).not.toHaveBeenCalled();
  });

  it('counts every registration on its own, and `off` takes the last one', async () => {
    const emitter = new EventEmitter<Events>();
    const listener = vi.fn();
    emitter.on('done', listener);
    emitter.on('done', listener);
    expect(emitter.listenerCount('done')).toBe(2);
    emitter.off('done', listener);
    emitter.emit('done');
    await settle();
    expect(listener).toHaveBeenCalledTimes(1);
    emitter.off('done', listener);
    emitter.off('done', listener);
    expect(emitter.listenerCount()).toBe(0);
    expect(emitter.emit('done')).toBe(false);
  });

  it('calls a `once` listener once, however often the event was emitted meanwhile', async () => {
    const emitter = new EventEmitter<Events>();
    const listener = vi.fn();
    emitter.once('word', listener);
    emitter.emit('word', '1');
    emitter.emit('word', '2');
    await settle();
    expect(listener.mock.calls).toEqual([['1']]);
  });

  it('takes all listeners of an event away, or all there are', () => {
    const emitter = new EventEmitter<Events>();
    emitter.on('word', () => undefined);
    emitter.on('done', () => undefined);
    emitter.removeAllListeners('word');
    expect([emitter.listenerCount('word'), emitter.listenerCount()]).toEqual([0, 1]);
    emitter.removeAllListeners();
    expect(emitter.listenerCount()).toBe(0);
  });

  it('tells when the number of listeners changes', () => {
    const counts: unknown[] = [];
    const emitter = new EventEmitter<Events>({
      onListenerCount: (event, count) => counts.push([event, count]),
    });
    const leave = emitter.on('word', () => undefined);
    emitter.once('word', () => undefined);
    leave();
    emitter.removeAllListeners('word');
    emitter.removeAllListeners('word');
    expect(counts).toEqual([
      ['word', 1],
      ['word', 2],
      ['word', 1],
      ['word', 0],
    ]);
  });

  it('is typed by its events', () => {
    const emitter = new EventEmitter<Events>();
    emitter.on('word', (text) => expectTypeOf(text).toEqualTypeOf<string>());
    // @ts-expect-error A word needs its text.
    emitter.emit('word');
    // @ts-expect-error There is no such event.
    expect(emitter.emit('other')).toBe(false);
    // @ts-expect-error A listener is a function.
    expect(() => emitter.on('done', null)).toThrow('must be a function');
  });
});
