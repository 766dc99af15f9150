/** Components that the React Compiler has compiled see every change, and the package's own hooks can be compiled. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import '../support/engine-files.js';
import { RealTimeProvider } from 'civic-realtime/react';
import { createFakeServer } from '../../../js/src/testing.js';
import { compileReact } from '../support/react-compiler.js';
import { Bill, Discussion, Inbox, Movers } from './support/views.compiled.js';

afterEach(cleanup);

const hooks = join(import.meta.dirname, '../../../js/src/hooks');

it('updates compiled components', async () => {
  const server = createFakeServer();
  await server.service.initialize();
  const views = [<Bill key="1" id={1} />, <Discussion key="2" id={1} />];
  const shared = [<Inbox key="3" />, <Movers key="4" />];
  render(
    <RealTimeProvider service={server.service}>
      {views}
      {shared}
    </RealTimeProvider>,
  );
  await act(() => server.advance(100));
  expect(String(Bill)).toContain('$[0] = id');
  screen.getByText('0 updates, undefined views');
  screen.getByText('0 comments, 0 typing');
  screen.getByText('connected, 0 unread of 0');

  const shows = async (messages: object[], ...texts: string[]) => {
    act(() => {
      for (const message of messages) server.deliver(message as { type: string });
    });
    await act(() => server.advance(1500));
    for (const text of texts) screen.getByText(text);
  };
  const amendment = { type: 'bill_update', bill_id: 1, update: { type: 'amendment', data: {} } };
  const comment = { type: 'comment_update', bill_id: 1, comment_id: 'c1', action: 'created' };
  await shows([amendment], '1 updates, undefined views');
  await shows([{ ...amendment, timestamp: 2 }], '2 updates, undefined views');
  await shows(
    [{ type: 'engagement_metrics', bill_id: 1, metrics: { view_count: 5 } }],
    '2 updates, 5 views',
  );
  await shows([comment], '1 comments, 0 typing');
  await shows(
    [{ type: 'typing_indicator', bill_id: 1, user_id: 'u1', is_typing: true }],
    '1 comments, 1 typing',
  );
  await shows(
    [{ type: 'notification', notification: { id: 'n1', title: 'T', message: 'M' } }],
    'connected, 1 unread of 1',
  );
  act(() => server.dropConnection(1006));
  await act(() => server.advance(1));
  screen.getByText('not connected, 1 unread of 1');
});

it.each(readdirSync(hooks).filter((name) => /^(use-|real-time-provider)/.test(name)))(
  'compiles %s',
  async (name) => {
    const file = join(hooks, name);
    await compileReact(readFileSync(file, 'utf8'), file);
  },
);
