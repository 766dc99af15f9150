/** `use(service.ready)`: a part of a page that waits for the engine. */

import { act, cleanup, render } from '@testing-library/react';
import { Suspense, use } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it } from 'vitest';

import { serviceOnFake, settle } from '../support/fake-engine.js';

afterEach(cleanup);

function page(ready: Promise<void>) {
  function Waiting() {
    use(ready);
    return <p>ready</p>;
  }
  return (
    <Suspense fallback={<p>loading</p>}>
      <Waiting />
    </Suspense>
  );
}

it('shows the fallback until the engine runs, connected or not', async () => {
  const { service } = serviceOnFake();
  const view = await act(() => render(page(service.ready)));
  expect(view.container.textContent).toBe('loading');
  await act(async () => {
    void service.initialize();
    await settle();
  });
  expect(view.container.textContent).toBe('ready');
});

it('goes on waiting while the engine cannot be loaded, and is done when another attempt can', async () => {
  const { service, engine } = serviceOnFake();
  service.on('error', () => undefined);
  engine.startError = new Error('offline');
  const view = await act(() => render(page(service.ready)));
  await act(() => service.initialize().catch(() => undefined));
  expect(view.container.textContent).toBe('loading');
  engine.startError = null;
  await act(async () => {
    void service.initialize();
    await settle();
  });
  expect(view.container.textContent).toBe('ready');
});

it('is the fallback on a server', () => {
  expect(renderToString(page(serviceOnFake().service.ready))).toContain('loading');
});
