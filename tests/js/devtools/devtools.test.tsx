import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { RealTimeDevtools } from '../../../js/src/devtools/devtools.js';
import { FakeService, topicStats } from './support.js';

let service: FakeService;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 2, 2, 10, 0, 0) });
  service = new FakeService();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

async function open(tab?: string): Promise<void> {
  render(<RealTimeDevtools service={service.asService()} initiallyOpen />);
  await pass(0);
  if (tab !== undefined) fireEvent.click(screen.getByRole('tab', { name: tab }));
  await pass(0);
}

describe('the panel', () => {
  it('is closed at first, says the state of the connection, and asks and hears nothing else', async () => {
    render(<RealTimeDevtools service={service.asService()} />);
    await pass(5000);
    const button = screen.getByRole('button', { name: 'Real time: disconnected' });
    act(() => {
      service.changeState('connected');
    });
    expect(button?.textContent).toContain('Real time: connected');
    expect(service.asked).toBe(0);
    expect(service.listenerCount('message')).toBe(0);
  });

  it('asks once a second while it is open, and no more when it is closed or gone', async () => {
    await open();
    await pass(3000);
    expect(service.asked).toBe(4);
    fireEvent.keyDown(screen.getByRole('tab', { name: 'Connection' }), { key: 'Escape' });
    expect(screen.queryByRole('tablist')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button'));
    await pass(3000);
    expect(service.asked).toBe(4);
  });

  it('leaves no listener behind', async () => {
    const { unmount } = render(<RealTimeDevtools service={service.asService()} initiallyOpen />);
    fireEvent.click(screen.getByRole('tab', { name: 'Messages' }));
    await pass(0);
    expect(service.listenerCount('message')).toBe(1);
    unmount();
    for (const event of ['message', 'connectionChange', 'gap', 'stateChange']) {
      expect(service.listenerCount(event)).toBe(0);
    }
  });

  it('is moved through by the arrow keys, round and round', async () => {
    await open();
    const press = (key: string) =>
      fireEvent.keyDown(screen.getByRole('tab', { selected: true }), { key });
    const chosen = () => screen.getByRole('tab', { selected: true });
    press('ArrowLeft');
    expect(chosen()?.textContent).toContain('Recording');
    press('ArrowRight');
    expect(chosen()?.textContent).toContain('Connection');
    press('End');
    expect(chosen()?.textContent).toContain('Recording');
    press('Home');
    expect(document.activeElement).toBe(chosen());
    screen.getByRole('tabpanel', { name: 'Connection' });
  });

  it('is nothing on a server', () => {
    expect(renderToString(<RealTimeDevtools service={service.asService()} initiallyOpen />)).toBe(
      '',
    );
  });

  it('says why there are no figures', async () => {
    service.refreshStats = () => Promise.reject(new Error('websocket.url is not valid.'));
    await open();
    expect(screen.getByRole('alert')?.textContent).toContain('websocket.url is not valid.');
  });
});

describe('the connection', () => {
  it('is told change by change, with the reasons, the newest first', async () => {
    const at = Date.now();
    service.stats = {
      timeline: [
        { at: at - 3000, state: 'connected', quality: 'good', attempt: 0, dialect: 'v2' },
        {
          at: at - 1000,
          state: 'reconnecting',
          quality: 'disconnected',
          attempt: 1,
          code: 1006,
          retryInMs: 1940,
          error: { code: 'connection-lost', message: 'The connection was lost.' },
        },
      ],
      roundTrip: { samples: 2, p50Ms: 4.25, p99Ms: 1200, recentMs: [4.25, 1200] },
    };
    await open();
    const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(lines).toEqual([
      '09:59:59reconnectingThe connection was lost., close code 1006, attempt 1 in 1.9 s',
      '09:59:57connecteddialect v2, quality good',
    ]);
    const band = screen.getByRole('img').querySelectorAll('rect');
    expect([...band].map(({ dataset }) => dataset['state'])).toEqual(['connected', 'reconnecting']);
    expect(screen.getByText('Round trip, median').nextSibling?.textContent).toContain('4.3 ms');
    expect(screen.getByText('Round trip, 99 of 100').nextSibling?.textContent).toContain('1.2 s');
  });
});

it('tells changes of the same millisecond each, without a complaint of React', async () => {
  const complaints = vi.spyOn(console, 'error');
  const change = {
    at: Date.now(),
    state: 'connecting',
    quality: 'disconnected',
    attempt: 0,
  } as const;
  service.stats = { timeline: [change, change] };
  await open();
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
  expect(complaints).not.toHaveBeenCalled();
  complaints.mockRestore();
});

describe('the topics', () => {
  const rows = () => screen.getAllByRole('row').slice(1);
  const names = () => rows().map((row) => within(row).getByRole('rowheader').textContent);

  it('are sorted, filtered, and have a rate from the second look on', async () => {
    const topics = (messages: number) => ({
      'bill:2': topicStats({ messages: 10 }),
      'bill:10': topicStats({ messages, lastMessageAt: Date.now() - 250 }),
      'discussion:2': topicStats({ messages: 1, gaps: 3, delivery: 'best-effort' as const }),
    });
    service.stats = { topics: topics(5) };
    await open('Topics');
    expect(names()).toEqual(['bill:2', 'bill:10', 'discussion:2']);
    expect(rows()[1]?.textContent).toContain('–');
    service.stats = { topics: topics(25) };
    await pass(1000);
    expect(names()).toEqual(['bill:10', 'bill:2', 'discussion:2']);
    expect(rows()[0]?.textContent).toContain('20/s');

    fireEvent.click(screen.getByRole('button', { name: 'Topic' }));
    expect(names()).toEqual(['bill:2', 'bill:10', 'discussion:2']);
    fireEvent.click(screen.getByRole('button', { name: 'Topic' }));
    expect(names()).toEqual(['discussion:2', 'bill:10', 'bill:2']);
    expect(screen.getByRole('columnheader', { name: 'Topic' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Gaps' }));
    expect(names()[0]).toBe('discussion:2');

    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'BILL' } });
    expect(names()).toEqual(['bill:2', 'bill:10']);
    expect(screen.getByRole('status')?.textContent).toContain('2 of 3 topics');
  });
});

describe('the messages', () => {
  const lines = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);
  const update = (billId: number, text: string) => {
    service.emit('message', { type: 'bill_update', bill_id: billId, text });
  };

  it('appear newest first while somebody looks, can be searched, paused and opened', async () => {
    await open('Messages');
    update(1, 'first');
    service.emit('gap', { topic: 'bill:1', epoch: 'e', from: 2, to: 4, recovered: false });
    update(2, 'second');
    await pass(20);
    expect(lines().map((line) => line?.slice(8, 20))).toEqual([
      'bill_update{',
      'gap: lost{"t',
      'bill_update{',
    ]);

    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'FIRST' } });
    expect(lines()).toHaveLength(1);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '' } });
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'gap: lost' } });
    expect(lines()).toHaveLength(1);
    fireEvent.change(screen.getByRole('combobox'), { target: { value: '' } });

    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(service.listenerCount('message')).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(lines()).toEqual([]);
  });

  it('are kept up to five hundred, however many come in a frame', async () => {
    await open('Messages');
    for (let index = 0; index < 2000; ++index) update(index, 'flood');
    await pass(20);
    expect(screen.getByRole('status')?.textContent).toContain('500 kept');
    expect(lines()).toHaveLength(200);
    expect(lines()[0]).toContain('"bill_id":1999');
  });

  it('survive what cannot be written as JSON', async () => {
    await open('Messages');
    service.emit('message', { type: 'strange', size: 1n });
    await pass(20);
    expect(lines()[0]).toContain('strange');
  });
});

describe('the recording', () => {
  it('says which line of the configuration turns it on', async () => {
    await open('Recording');
    screen.getByText(/recording: \{ enabled: true \}/);
    expect(screen.queryByRole('button', { name: 'Save the recording' })).toBeNull();
  });

  it('is saved as a file, without texts unless they are wanted', async () => {
    service.manager.settings.websocket.recording.enabled = true;
    const names: string[] = [];
    URL.createObjectURL = () => 'blob:recording';
    URL.revokeObjectURL = () => undefined;
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    await open('Recording');
    fireEvent.click(screen.getByRole('button', { name: 'Save the recording' }));
    await pass(0);
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.click(screen.getByRole('button', { name: 'Save the recording' }));
    await pass(0);
    expect(service.exports).toEqual([{ payloads: false }, { payloads: true }]);
    expect(names[0]).toMatch(/^civic-realtime-2026-03-02T.*\.civicrec$/);
    expect(screen.getByRole('status')?.textContent).toContain('Saved 11 bytes.');
    service.exported = () => Promise.reject(new Error('No engine runs.'));
    fireEvent.click(screen.getByRole('button', { name: 'Save the recording' }));
    await pass(0);
    expect(screen.getByRole('status')?.textContent).toContain('No engine runs.');
  });
});
