import { act, cleanup, render } from '@testing-library/react';
import { startTransition, useLayoutEffect, useState } from 'react';
import { afterEach, expect, it } from 'vitest';

import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import { useBillTracking } from '../../../js/src/hooks/use-bill-tracking.js';
import { serviceOnFake } from '../support/fake-engine.js';

afterEach(cleanup);

it('never shows two states of a bill in one commit', async () => {
  const { service, engine } = serviceOnFake();
  const commits: string[] = [];
  let changes = 0;

  function Count() {
    return <b>{useBillTracking().getBillUpdates(1).length}</b>;
  }
  /** A bundle that arrives while React is in the middle of rendering. */
  function Arrival() {
    if (changes++ === 0) engine.readModel.addUpdates(1);
    return null;
  }
  let show!: () => void;
  function App() {
    const [shown, setShown] = useState(false);
    show = () => startTransition(() => setShown(true));
    useLayoutEffect(() => {
      commits.push(document.body.textContent ?? '');
    });
    return shown ? [<Count key="a" />, <Arrival key="b" />, <Count key="c" />] : null;
  }
  render(
    <RealTimeProvider service={service}>
      <App />
    </RealTimeProvider>,
  );
  await act(async () => show());
  expect(commits.at(-1)).toBe('11');
  expect(commits).not.toContain('01');
});
