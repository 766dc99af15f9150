// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';

import { RealTimeService, realTimeService } from '../../../js/src/services/realtime-service.js';
import { EventKind } from '../../../js/src/engine/abi.js';
import { serviceOnFake, settle } from '../support/fake-engine.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('RealTimeService', () => {
  it('is there from the start and does nothing until it is used', () => {
    expect(realTimeService).toBeInstanceOf(RealTimeService);
    expect(realTimeService.getConnectionState()).toBe('disconnected');
    expect(realTimeService.isConnected()).toBe(false);
    realTimeService.disconnect();
  });

  it('connects, and connects once however often it is initialized', async () => {
    const { service, engine } = serviceOnFake();
    const first = service.initialize('secret-token');
    const second = service.initialize();
    engine.report('connecting');
    engine.report('connected');
    await Promise.all([first, second, service.initialize('secret-token')]);
    expect(engine.told('connect')).toEqual([['secret-token']]);
    expect(service.isConnected()).toBe(true);
    engine.report('reconnecting', { attempt: 1 });
    await service.initialize('secret-token');
    expect(engine.told('connect')).toHaveLength(1);
    await service.connect();
    expect(engine.told('connect')).toHaveLength(2);
  });

  it('is ready when the engine runs, connected or not', async () => {
    const { service } = serviceOnFake();
    const { ready } = service;
    void service.initialize();
    await ready;
    expect(service.getConnectionState()).toBe('connecting');
    expect(service.ready).toBe(ready);
  });

  it('remembers subscriptions and listeners that came before, and reads empty values', async () => {
    const { service, engine } = serviceOnFake();
    const onChange = vi.fn();
    service.on('connectionChange', onChange);
    service.on('billUpdate', vi.fn());
    service.getBillTrackingService().subscribeToBill(1);
    expect(service.getBillTrackingService().getBillUpdates(1)).toEqual([]);
    expect(engine.starts).toBe(0);
    void service.initialize();
    engine.report('connecting');
    engine.report('connected');
    await settle();
    expect(engine.commands.map(([name]) => name)).toEqual(['listen', 'subscribe', 'connect']);
    expect(onChange).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('subscribes each type at its topic', () => {
    const { service, engine } = serviceOnFake();
    const ids = [
      service.subscribe({ type: 'bill', id: '12', filters: { type: 'amendment' } }),
      service.subscribe({ type: 'community', id: 3 }),
      service.subscribe({ type: 'expert', id: 4 }),
      service.subscribe({ type: 'expert_updates', id: 'all' }),
      service.subscribe({ type: 'user_notifications', id: 'me' }),
    ];
    expect(engine.topicsTold('subscribe')).toEqual([
      'bill:12',
      'community:3',
      'expert:4',
      'expert:updates',
      'user_notifications',
    ]);
    expect(JSON.parse(String(engine.told('subscribe')[0]?.[2]))).toEqual({
      filters: { type: 'amendment' },
      deliver: false,
    });
    expect(service.getStats()).toMatchObject({
      subscriptionCount: 5,
      billSubscriptions: 1,
      communitySubscriptions: 3,
      notificationSubscriptions: 1,
    });
    for (const id of ids) expect(service.unsubscribe(id)).toBe(true);
    expect(service.unsubscribe('sub_99')).toBe(false);
    expect(service.getStats().subscriptionCount).toBe(0);
    expect(() => service.subscribe({ type: 'bills' as never, id: 1 })).toThrow('expert_updates');
    expect(() => service.subscribe({ type: 'bill', id: 'x' })).toThrow('whole number');
  });

  it('asks the engine for figures once until it has answered', async () => {
    const { service, engine } = serviceOnFake();
    let come = (): void => undefined;
    engine.figuresCome = new Promise((resolve) => {
      come = resolve;
    });
    service.getStats();
    service.getStats();
    expect(engine.told('reportFigures')).toHaveLength(1);
    come();
    await settle();
    service.getStats();
    expect(engine.told('reportFigures')).toHaveLength(2);
  });

  it('has the figures of every topic, round trips, traffic, memory and the connection', async () => {
    const { service, engine } = serviceOnFake();
    const { readModel } = engine;
    expect(service.getStats()).toMatchObject({
      countedAt: null,
      topics: {},
      roundTrip: { samples: 0, p50Ms: null, p99Ms: null },
      memory: { engineBytes: null },
      timeline: [],
    });
    readModel.ordered = { 'bill:1': 'exactly-ordered', 'bill:2': 'best-effort' };
    readModel.counters = {
      bytesReceived: 900,
      deflatedTextBytesReceived: 500,
      deflatedBytesReceived: 80,
    };
    const figures = {
      key: 1,
      messages: 3,
      bytes: 300,
      conflated: 1,
      dropped: 2,
      duplicates: 4,
      gaps: 5,
    };
    readModel.newestFigures = {
      countedAt: 77,
      hostBytes: 1000,
      roundTripsMs: Array.from({ length: 100 }, (_, index) => 100 - index),
      topics: new Map([
        ['bill:1', { ...figures, recovered: 5, cacheBytes: 64, lastMessageAt: 70 }],
        ['bill:9', { ...figures, recovered: 5, cacheBytes: 64, lastMessageAt: 70 }],
      ]),
    };
    void service.connect();
    engine.report('connected');
    engine.report('reconnecting', { code: 1006, reason: 'gone', retryInMs: 40 });
    const stats = await service.refreshStats();
    expect(stats.topics).toEqual({
      'bill:1': {
        delivery: 'exactly-ordered',
        messages: 3,
        bytes: 300,
        conflated: 1,
        dropped: 2,
        duplicatesDropped: 4,
        gaps: 5,
        recovered: 5,
        cacheBytes: 64,
        lastMessageAt: 70,
      },
      'bill:2': expect.objectContaining({ messages: 0, lastMessageAt: null }),
    });
    expect(stats.roundTrip).toMatchObject({ samples: 100, p50Ms: 50, p99Ms: 99 });
    expect(stats.traffic.received).toMatchObject({ bytes: 900, wireBytes: 480 });
    expect(stats).toMatchObject({ countedAt: 77, memory: { engineBytes: 1000 } });
    expect(stats.timeline.map(({ state }) => state)).toEqual([
      'connecting',
      'connected',
      'reconnecting',
    ]);
    expect(stats.timeline.at(-1)).toMatchObject({ code: 1006, reason: 'gone', retryInMs: 40 });
    expect(stats.timeline.at(-1)?.at).toBeGreaterThan(0);
  });

  it('keeps the last hundred changes of the connection', () => {
    const { service, engine } = serviceOnFake();
    void service.connect();
    for (let attempt = 1; attempt <= 150; ++attempt) engine.report('reconnecting', { attempt });
    const { timeline } = service.getStats();
    expect(timeline).toHaveLength(100);
    expect([timeline[0]?.attempt, timeline.at(-1)?.attempt]).toEqual([51, 150]);
  });

  it('subscribes and unsubscribes the topics of the community and of notifications', async () => {
    const { service, engine } = serviceOnFake();
    const community = service.getCommunityService();
    const notifications = service.getNotificationService();
    community.subscribeToDiscussion(5);
    community.subscribeToDiscussion('5');
    community.subscribeToExpertUpdates();
    community.subscribeToModerationEvents();
    notifications.subscribeToNotifications();
    expect(engine.topicsTold('subscribe')).toEqual([
      'discussion:5',
      'expert:updates',
      'moderation:events',
      'user_notifications',
    ]);
    expect(service.getStats()).toMatchObject({
      communitySubscriptions: 3,
      notificationSubscriptions: 1,
    });
    community.unsubscribeFromDiscussion('bill_5');
    expect(community.getSubscriptionCount()).toBe(3);
    community.unsubscribeFromDiscussion(5);
    community.unsubscribeFromExpertUpdates();
    community.unsubscribeFromModerationEvents();
    notifications.unsubscribeFromNotifications();
    await settle();
    expect(engine.told('unsubscribe')).toHaveLength(4);
    expect(community.getSubscriptionCount() + notifications.getSubscriptionCount()).toBe(0);
  });

  it('calls one handler per event', async () => {
    const { service, engine } = serviceOnFake();
    const [first, second, onError] = [vi.fn(), vi.fn(), vi.fn()];
    service.setHandlers({ onBillUpdate: first, onError });
    service.setHandlers({ onBillUpdate: second });
    engine.event(EventKind.billUpdate, { type: 'a' });
    engine.handlers.error?.({ code: 'invalid-message', message: 'Bad.' });
    await settle();
    expect([first.mock.calls.length, second.mock.calls.length, onError.mock.calls.length]).toEqual([
      0, 1, 1,
    ]);
    service.setHandlers({ onBillUpdate: undefined } as never);
    engine.event(EventKind.billUpdate, { type: 'b' });
    await settle();
    expect(second).toHaveBeenCalledOnce();
    expect(engine.told('listen').at(-1)).toEqual([0]);
  });

  it('takes a listener away by `off` and by what `on` returned', async () => {
    const { service, engine } = serviceOnFake();
    const listener = vi.fn();
    const leave = service.on('engagementUpdate', listener);
    leave();
    service.on('engagementUpdate', listener);
    service.off('engagementUpdate', listener);
    engine.event(EventKind.engagementUpdate, {});
    await settle();
    expect(listener).not.toHaveBeenCalled();
  });

  it('tells the engine’s counters and never a token', async () => {
    const { service, engine } = serviceOnFake();
    engine.readModel.counters = { framesReceived: 5 };
    void service.initialize('secret-token');
    engine.report('connecting');
    engine.report('connected', { attempt: 2 });
    const stats = service.getStats();
    expect(stats).toMatchObject({
      connectionState: 'connected',
      isConnected: true,
      connectionQuality: 'excellent',
      reconnectAttempts: 2,
    });
    expect([stats.counters.framesReceived, stats.counters.pingsSent]).toEqual([5, 0]);
    expect(JSON.stringify(stats)).not.toContain('secret');
  });

  it('says what each topic comes with, and how its messages came and went', () => {
    const { service, engine } = serviceOnFake();
    engine.readModel.ordered = { 'bill:1': 'exactly-ordered', '*': 'best-effort' };
    const counts = {
      gaps: 3,
      gapsRecovered: 2,
      duplicatesDropped: 5,
      streamsResumed: 7,
      resyncs: 1,
    };
    const sent = { messagesAcknowledged: 11, messagesResent: 4, outboxMessages: 2 };
    engine.readModel.counters = { ...counts, ...sent, outboxBytes: 80, backlogBytes: 9 };
    expect(service.getStats()).toMatchObject({
      delivery: { 'bill:1': 'exactly-ordered', '*': 'best-effort' },
      streams: { gaps: 3, recovered: 2, duplicatesDropped: 5, resumed: 7, resyncs: 1 },
      sending: {
        acknowledged: 11,
        resent: 4,
        outbox: { messages: 2, bytes: 80 },
        backlogBytes: 9,
      },
    });
  });

  it('says whether messages are compressed, and why not', () => {
    const { service, engine } = serviceOnFake({ websocket: { message: { compression: true } } });
    const compression = () => service.getStats().compression;
    const none = { frames: 0, wireBytes: 0, textBytes: 0 };
    expect(compression()).toEqual({ state: 'offered', sent: none, received: none });
    void service.initialize();
    engine.report('connecting');
    engine.report('connected', { dialect: 'v1' });
    expect(compression()).toMatchObject({
      state: 'off',
      reason: expect.stringContaining('v1') as string,
    });
    engine.report('connected', { dialect: 'v2' });
    expect(compression()).toMatchObject({
      state: 'off',
      reason: 'The server did not agree to it.',
    });
    engine.readModel.counters = {
      deflatedFramesReceived: 2,
      deflatedBytesReceived: 300,
      deflatedTextBytesReceived: 4000,
    };
    engine.report('connected', { dialect: 'v2', compression: 'deflate-raw' });
    const received = { frames: 2, wireBytes: 300, textBytes: 4000 };
    expect(compression()).toEqual({ state: 'on', sent: none, received });

    expect(serviceOnFake().service.getStats().compression).toMatchObject({
      state: 'off',
      reason: 'message.compression is false.',
    });
    const websocket = { message: { compression: true }, protocols: ['civic-engagement-v1'] };
    expect(serviceOnFake({ websocket }).service.getStats().compression.reason).toContain(
      'websocket.protocols',
    );
  });

  it('ends everything but listeners at shutdown, and can begin anew', async () => {
    const { service, engine } = serviceOnFake();
    const onMessage = vi.fn();
    service.on('message', onMessage);
    void service.initialize('secret-token');
    engine.report('connecting');
    engine.report('connected');
    service.getBillTrackingService().subscribeToBill(1);
    service.subscribe({ type: 'community', id: 1 });
    await service.shutdown();
    expect(engine.stops).toBe(1);
    expect(service.getStats()).toMatchObject({
      isConnected: false,
      subscriptionCount: 0,
      communitySubscriptions: 0,
    });
    engine.commands.length = 0;

    void service.initialize();
    expect(engine.told('connect')).toEqual([['']]);
    expect(engine.told('listen')).toEqual([]);
    engine.event(EventKind.message, { type: 'x' });
    await settle();
    expect(onMessage).toHaveBeenCalledOnce();
  });

  it('tells a malformed environment at the first use, as a rejection where there is a promise', async () => {
    vi.stubEnv('VITE_WS_RECONNECT_DELAY', 'soon');
    const service = new RealTimeService();
    await expect(service.initialize()).rejects.toThrow('VITE_WS_RECONNECT_DELAY');
    expect(() => service.getBillTrackingService()).toThrow('VITE_WS_RECONNECT_DELAY');
    expect(service.isConnected()).toBe(false);
    await service.shutdown();
  });
});
