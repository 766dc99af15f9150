// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { createSpy } from '../../../js/src/testing/spy.js';

describe('createSpy', () => {
  it('is a mock function to Vitest', () => {
    const spy = createSpy('add', (a: number, b: number) => a + b);
    expect(vi.isMockFunction(spy)).toBe(true);
    expect(spy(1, 2)).toBe(3);
    spy(3, 4);
    expect(spy).toHaveBeenCalledTimes(2);
    expect(spy).toHaveBeenCalledWith(1, expect.any(Number));
    expect(spy).toHaveBeenNthCalledWith(1, 1, 2);
    expect(spy).toHaveBeenLastCalledWith(3, 4);
    expect(spy).toHaveReturnedWith(7);
    expect(spy).not.toHaveBeenCalledWith(1);
    expect(() => expect(spy).toHaveBeenCalledWith(9, 9)).toThrow('add');
  });

  it('records what was thrown and on what it was called', () => {
    const problem = new Error('no');
    const owner = {
      fail: createSpy('fail', () => {
        throw problem;
      }),
    };
    expect(() => owner.fail()).toThrow(problem);
    expect(owner.fail.mock.results).toEqual([{ type: 'throw', value: problem }]);
    expect(owner.fail.mock.contexts).toEqual([owner]);
  });

  it('can do something else, and again what it did at first', () => {
    const spy = createSpy('one', () => 1);
    expect(spy.mockReturnValue(2)()).toBe(2);
    expect(spy.mockImplementation(() => 3)()).toBe(3);
    spy.mockClear();
    expect([spy.mock.calls, spy.mock.lastCall]).toEqual([[], undefined]);
    expect(spy()).toBe(3);
    spy.mockRestore();
    expect(spy).not.toHaveBeenCalled();
    expect(spy()).toBe(1);
  });
});
