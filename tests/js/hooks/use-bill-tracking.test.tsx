import { act, cleanup, render } from '@testing-library/react';
import { memo, StrictMode, useEffect, useState, type ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import { CellKind } from '../../../js/src/engine/abi.js';
import { RealTimeProvider } from '../../../js/src/hooks/real-time-provider.js';
import { useBillTracking, type BillTracking } from '../../../js/src/hooks/use-bill-tracking.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';

afterEach(cleanup);

function setup() {
  const { service, engine } = serviceOnFake();
  const wrap = (children: ReactNode) => (
    <StrictMode>
      <RealTimeProvider service={service}>{children}</RealTimeProvider>
    </StrictMode>
  );
  const plain = (children: ReactNode) => (
    <RealTimeProvider service={service}>{children}</RealTimeProvider>
  );
  return { service, engine, model: engine.readModel, wrap, plain };
}

/** What each probe's latest render got, and how often it rendered. */
class Probe {
  renders = 0;
  latest!: BillTracking;
}

function use(probe: Probe): BillTracking {
  const tracking = useBillTracking();
  ++probe.renders;
  probe.latest = tracking;
  return tracking;
}

function Bill({ id, probe = new Probe() }: { id: number; probe?: Probe }) {
  const { subscribeToBill, unsubscribeFromBill, getBillUpdates } = use(probe);
  useEffect(() => {
    subscribeToBill(id);
    return () => unsubscribeFromBill(id);
  }, [id, subscribeToBill, unsubscribeFromBill]);
  const updates = getBillUpdates(id);
  return <p>{`${id}: ${updates.length} `}</p>;
}

describe('useBillTracking', () => {
  it('subscribes 50 components on 20 bills with one command per bill, and releases them with one', async () => {
    const { wrap, engine, service } = setup();
    const ids = Array.from({ length: 50 }, (_, index) => index % 20);
    const view = render(wrap(ids.map((id, index) => <Bill key={index} id={id} />)));
    await act(settle);
    expect(engine.topicsTold('subscribe').sort()).toEqual(
      Array.from({ length: 20 }, (_, id) => `bill:${id}`).sort(),
    );
    expect(engine.told('unsubscribe')).toEqual([]);
    expect(service.getBillTrackingService().getSubscriptionCount()).toBe(20);

    view.rerender(wrap(ids.slice(0, 20).map((id, index) => <Bill key={index} id={id} />)));
    await act(settle);
    expect(engine.told('unsubscribe')).toEqual([]);

    view.unmount();
    expect(service.getBillTrackingService().getSubscriptionCount()).toBe(0);
    await settle();
    expect(engine.told('subscribe')).toHaveLength(20);
    expect(engine.told('unsubscribe')).toHaveLength(20);
    expect(engine.readModel.watcherCount).toBe(0);
  });

  it('renders a component only for what it read', async () => {
    const { plain, model } = setup();
    const probes = [new Probe(), new Probe()] as const;
    const view = render(
      plain([<Bill key="1" id={1} probe={probes[0]} />, <Bill key="2" id={2} probe={probes[1]} />]),
    );
    await act(settle);
    expect(probes.map((probe) => probe.renders)).toEqual([1, 1]);
    act(() => model.addUpdates(2));
    expect(probes.map((probe) => probe.renders)).toEqual([1, 2]);
    act(() => model.addUpdates(1, 2, 3));
    expect(probes.map((probe) => probe.renders)).toEqual([2, 3]);
    act(() => model.setEngagement(1, 5));
    expect(probes.map((probe) => probe.renders)).toEqual([2, 3]);
    expect(view.container.textContent).toBe('1: 1 2: 2 ');
  });

  it('renders for the connection only a component that looks at it', async () => {
    const { plain, engine } = setup();
    const probe = new Probe();
    function Connection() {
      return <p>{use(probe).isConnected ? 'on' : 'off'}</p>;
    }
    const other = new Probe();
    const view = render(plain([<Connection key="c" />, <Bill key="b" id={1} probe={other} />]));
    await act(settle);
    engine.report('connecting');
    act(() => engine.report('connected'));
    expect(view.container.textContent).toBe('on1: 0 ');
    act(() => engine.report('connected', { quality: 'poor' }));
    expect([probe.renders, other.renders]).toEqual([2, 1]);
  });

  it('renders once for a bundle that changes many things it read', async () => {
    const { plain, model } = setup();
    const probe = new Probe();
    function All() {
      const { getBillUpdates } = use(probe);
      return <p>{[1, 2, 3].map((id) => getBillUpdates(id).length).join()}</p>;
    }
    const view = render(plain(<All />));
    act(() => model.addUpdates(1, 2, 3));
    expect([probe.renders, view.container.textContent]).toEqual([2, '1,1,1']);
    act(() => model.addUpdates(3));
    expect([probe.renders, view.container.textContent]).toEqual([3, '1,1,2']);
  });

  it('never changes its actions, and a reader exactly when something read through it changed', async () => {
    const { plain, model, engine } = setup();
    const probe = new Probe();
    function Reader() {
      const { getBillUpdates, getEngagementMetrics, isConnected } = use(probe);
      return (
        <p>{`${getBillUpdates(1).length} ${getEngagementMetrics(1)?.viewCount} ${isConnected}`}</p>
      );
    }
    const view = render(plain(<Reader />));
    const first = probe.latest;
    act(() => model.addUpdates(1));
    const second = probe.latest;
    expect(second.getBillUpdates).not.toBe(first.getBillUpdates);
    expect(second.getEngagementMetrics).toBe(first.getEngagementMetrics);
    act(() => model.setEngagement(1, 9));
    const third = probe.latest;
    expect(third.getBillUpdates).toBe(second.getBillUpdates);
    expect(third.getEngagementMetrics).not.toBe(second.getEngagementMetrics);
    engine.report('connecting');
    void act;
    expect(third.subscribeToBill).toBe(first.subscribeToBill);
    expect(third.unsubscribeFromBill).toBe(first.unsubscribeFromBill);
    view.rerender(plain(<Reader />));
    expect(probe.latest.getBillUpdates).toBe(third.getBillUpdates);
    expect(view.container.textContent).toBe('1 9 false');
  });

  it('keeps following what was read through a reader that stayed the same', () => {
    const { plain, model } = setup();
    const probe = new Probe();
    // As the React Compiler does it: a call is cached by the identity of the function and its arguments.
    const cache = new Map<unknown, unknown>();
    function Compiled() {
      const { getBillUpdates, getEngagementMetrics } = use(probe);
      if (!cache.has(getBillUpdates)) cache.set(getBillUpdates, getBillUpdates(1).length);
      if (!cache.has(getEngagementMetrics)) {
        cache.set(getEngagementMetrics, getEngagementMetrics(1)?.viewCount ?? 0);
      }
      return (
        <p>{`${String(cache.get(getBillUpdates))} ${String(cache.get(getEngagementMetrics))}`}</p>
      );
    }
    const view = render(plain(<Compiled />));
    for (let round = 1; round <= 3; ++round) {
      act(() => model.setEngagement(1, round));
      expect(view.container.textContent).toBe(`${round - 1} ${round}`);
      act(() => model.addUpdates(1));
      expect(view.container.textContent).toBe(`${round} ${round}`);
    }
  });

  it('lets a memoised child read through its parent’s reader', () => {
    const { plain, model } = setup();
    const Child = memo(({ read }: { read: BillTracking['getBillUpdates'] }) => {
      const [id, setId] = useState(1);
      return <button onClick={() => setId(2)}>{`${id}: ${read(id).length}`}</button>;
    });
    function Parent() {
      return <Child read={useBillTracking().getBillUpdates} />;
    }
    const view = render(plain(<Parent />));
    act(() => model.addUpdates(1));
    expect(view.container.textContent).toBe('1: 1');
    act(() => view.container.querySelector('button')?.click());
    act(() => model.addUpdates(2));
    expect(view.container.textContent).toBe('2: 1');
  });

  it('shows a change that came between rendering and mounting', () => {
    const { wrap, model } = setup();
    function Changing({ children }: { children: ReactNode }) {
      useEffect(() => {
        if (model.list('bill:1', CellKind.billUpdates).length === 0) model.addUpdates(1);
      }, []);
      return children;
    }
    // A child's effects come before its parent's and its later siblings'.
    const view = render(wrap([<Changing key="c">{null}</Changing>, <Bill key="b" id={1} />]));
    expect(view.container.textContent).toBe('1: 1 ');
  });

  it('leaves nothing behind for a render that React throws away', async () => {
    const { plain, engine, model } = setup();
    function Suspended(): ReactNode {
      const { getBillUpdates, isConnected } = useBillTracking();
      getBillUpdates(1);
      throw new Error(`abandoned ${isConnected}`);
    }
    expect(() => render(plain(<Suspended />))).toThrow('abandoned');
    await act(settle);
    expect([model.watcherCount, engine.starts, engine.commands]).toEqual([0, 0, []]);
  });

  it('stops following what it no longer reads', () => {
    const { plain, model } = setup();
    const probe = new Probe();
    function Switching({ id }: { id: number }) {
      return <p>{use(probe).getBillUpdates(id).length}</p>;
    }
    const view = render(plain(<Switching id={1} />));
    view.rerender(plain(<Switching id={2} />));
    act(() => model.addUpdates(2));
    const { renders } = probe;
    act(() => model.addUpdates(1));
    expect(probe.renders).toBe(renders);
    expect(model.watcherCount).toBe(1);
  });

  it('counts a component once, however often it subscribes, and touches nobody else’s subscription', async () => {
    const { plain, service } = setup();
    const [a, b] = [new Probe(), new Probe()];
    const A = () => <>{void use(a)}</>;
    const B = () => <>{void use(b)}</>;
    const view = render(plain([<A key="a" />, <B key="b" />]));
    const bills = service.getBillTrackingService();
    for (const probe of [a, a, b]) act(() => probe.latest.subscribeToBill(1));
    act(() => a.latest.unsubscribeFromBill(1));
    act(() => a.latest.unsubscribeFromBill('1'));
    expect(bills.getSubscribedBills()).toEqual([1]);
    act(() => a.latest.unsubscribeFromBill(7));
    view.rerender(plain([<A key="a" />]));
    expect(bills.getSubscribedBills()).toEqual([]);
    act(() => b.latest.subscribeToBill(1));
    expect(bills.getSubscribedBills()).toEqual([]);
    expect(() => a.latest.subscribeToBill('x')).toThrow('whole number');
  });

  it('reads its bills as a set and as maps', () => {
    const { plain, model } = setup();
    const probe = new Probe();
    const shown: unknown[] = [];
    function Overview() {
      const { subscribedBills, billUpdates, engagementMetrics } = use(probe);
      shown.push([
        [...subscribedBills],
        [...billUpdates].map(([bill, updates]) => [bill, updates.length]),
        [...engagementMetrics.values()].map((metrics) => metrics.viewCount),
      ]);
      return null;
    }
    render(plain(<Overview />));
    act(() => probe.latest.subscribeToBill(1));
    act(() => probe.latest.subscribeToBill(2));
    act(() => model.addUpdates(1, 3));
    act(() => model.setEngagement(2, 8));
    const { renders } = probe;
    act(() => model.addUpdates(3));
    expect(probe.renders).toBe(renders);
    expect(shown.at(-1)).toEqual([[1, 2], [[1, 1]], [8]]);

    const { billUpdates, engagementMetrics } = probe.latest;
    expect([billUpdates.size, billUpdates.has(1), billUpdates.has(2), billUpdates.get(2)]).toEqual([
      1,
      true,
      false,
      undefined,
    ]);
    expect([[...billUpdates.keys()], [...engagementMetrics.entries()].length]).toEqual([[1], 1]);
    const visited: unknown[] = [];
    engagementMetrics.forEach((metrics, bill, map) => visited.push([metrics.viewCount, bill, map]));
    expect(visited).toEqual([[8, 2, engagementMetrics]]);
    act(() => probe.latest.unsubscribeFromBill(1));
    expect(shown.at(-1)).toEqual([[2], [], [8]]);
  });

  it('depends on one bill when it looks at one bill of a map', () => {
    const { plain, model } = setup();
    const probe = new Probe();
    function One() {
      return <p>{use(probe).billUpdates.get(1)?.length ?? 0}</p>;
    }
    render(plain(<One />));
    act(() => probe.latest.subscribeToBill(1));
    act(() => probe.latest.subscribeToBill(2));
    act(() => model.addUpdates(2));
    expect(probe.renders).toBe(1);
    act(() => model.addUpdates(1));
    expect(probe.renders).toBe(2);
  });

  it('starts a service nobody started, once its parents had their chance, and none that was ended', async () => {
    const { wrap, engine, service } = setup();
    function App({ children }: { children: ReactNode }) {
      useEffect(() => void service.initialize('from-the-app'), []);
      return children;
    }
    const view = render(wrap(<App>{<Bill id={1} />}</App>));
    await act(settle);
    expect(engine.told('connect')).toEqual([['from-the-app']]);
    view.unmount();

    await service.shutdown();
    render(wrap(<Bill id={1} />));
    await act(settle);
    expect(engine.told('connect')).toHaveLength(1);

    const alone = setup();
    render(alone.wrap(<Bill id={1} />));
    expect(alone.engine.starts).toBe(0);
    await act(settle);
    expect(alone.engine.told('connect')).toEqual([['']]);
  });

  it('has mounted components follow their bills again after the service was shut down', async () => {
    const { plain, engine, service, model } = setup();
    const view = render(plain(<Bill id={1} />));
    act(() => model.addUpdates(1));
    await act(() => service.shutdown());
    expect(view.container.textContent).toBe('1: 0 ');
    expect(service.getBillTrackingService().getSubscribedBills()).toEqual([1]);
    act(() => void service.initialize());
    act(() => model.addUpdates(1));
    expect(view.container.textContent).toBe('1: 1 ');
    view.unmount();
    await settle();
    expect(service.getBillTrackingService().getSubscriptionCount()).toBe(0);
    expect(engine.told('subscribe').length).toBe(engine.told('unsubscribe').length);
  });

  it('moves with its bills when the provider gives another service', async () => {
    const first = setup();
    const second = setup();
    second.model.addUpdates(1);
    const probe = new Probe();
    const bill = <Bill id={1} probe={probe} />;
    const view = render(<RealTimeProvider service={first.service}>{bill}</RealTimeProvider>);
    const { subscribeToBill } = probe.latest;
    view.rerender(<RealTimeProvider service={second.service}>{bill}</RealTimeProvider>);
    await act(settle);
    expect(view.container.textContent).toBe('1: 1 ');
    expect(probe.latest.subscribeToBill).toBe(subscribeToBill);
    expect(first.service.getBillTrackingService().getSubscribedBills()).toEqual([]);
    expect(second.service.getBillTrackingService().getSubscribedBills()).toEqual([1]);
    expect(first.model.watcherCount).toBe(0);
  });
});
