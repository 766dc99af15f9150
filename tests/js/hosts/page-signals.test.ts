import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noPageSignals, pageSignalsOf } from '../../../js/src/hosts/page-signals.js';
import type { PageSignals } from '../../../js/src/hosts/page-signals.js';

let told: string[];
let signals: PageSignals;
let unwatch: () => void;

beforeEach(() => {
  told = [];
  signals = pageSignalsOf(window);
  unwatch = signals.watch({
    visible: (visible) => told.push(visible ? 'visible' : 'hidden'),
    online: (online) => told.push(online ? 'online' : 'offline'),
    resumed: () => told.push('resumed'),
  });
});

afterEach(() => {
  unwatch();
});

function become(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
}

const show = (persisted: boolean): Event => Object.assign(new Event('pageshow'), { persisted });

describe('the signals of a page', () => {
  it('tell visibility', () => {
    expect(signals.isVisible()).toBe(document.visibilityState !== 'hidden');
    become('hidden');
    expect(signals.isVisible()).toBe(false);
    become('visible');
    expect(told).toEqual(['hidden', 'visible']);
  });

  it('tell the network', () => {
    expect(signals.isOnline()).toBe(true);
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    expect(told).toEqual(['offline', 'online']);
  });

  it('tell that a page came back from the back/forward cache, not that it was loaded', () => {
    window.dispatchEvent(show(false));
    window.dispatchEvent(show(true));
    expect(told).toEqual(['visible', 'resumed']);
  });

  it('count a frozen page as hidden until it is resumed', () => {
    become('visible');
    document.dispatchEvent(new Event('freeze'));
    expect(signals.isVisible()).toBe(false);
    document.dispatchEvent(new Event('resume'));
    expect(signals.isVisible()).toBe(true);
    expect(told).toEqual(['visible', 'hidden', 'visible', 'resumed']);
  });

  it('listen to nothing once they are not watched', () => {
    unwatch();
    become('hidden');
    window.dispatchEvent(new Event('online'));
    expect(told).toEqual([]);
  });

  it('never listen to unload events, which would keep the page out of the back/forward cache', () => {
    const listen = vi.spyOn(window, 'addEventListener');
    signals.watch({})();
    const events = listen.mock.calls.map(([event]) => event);
    expect(events).not.toContain('unload');
    expect(events).not.toContain('beforeunload');
    expect(events).not.toContain('pagehide');
  });
});

describe('a place that is no page', () => {
  it('is always visible and online', () => {
    expect(noPageSignals.isVisible()).toBe(true);
    expect(noPageSignals.isOnline()).toBe(true);
    noPageSignals.watch({})();
  });
});
