/** How a gateway stands with NATS, whose library and stream are the test's own. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { NatsAddress } from '../../../../../web-demo/gateway/bus/nats/connection/address.js';
import { Faults } from '../../../../../web-demo/gateway/bus/nats/stream/faults.js';
import type { NatsLibrary } from '../../../../../web-demo/gateway/bus/nats/library.js';
import { Session } from '../../../../../web-demo/gateway/bus/nats/connection/session.js';
import type { EventStream } from '../../../../../web-demo/gateway/bus/nats/stream/stream.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

let clock: VirtualClock;
let told: string[];
/** Whether each opening of the stream finds another one than there was before. */
let openings: boolean[];
/** Why each connection cannot be taken up; null: it can. */
let obstacles: (Error | null)[];
let session: Session;
let lose: () => void;

beforeEach(() => {
  clock = new VirtualClock();
  told = [];
  openings = [];
  obstacles = [];
  const library = {
    transport: {
      AuthorizationError: class extends Error {},
      connect: () =>
        Promise.resolve({ closed: () => new Promise((resolve) => (lose = () => resolve(null))) }),
    },
    jetstream: { jetstreamManager: () => Promise.resolve({}) },
  };
  const log = (text: string): void => void told.push(text);
  const services = { clock, logger: { error: log, info: log, debug: log } };
  session = new Session({
    library: library as unknown as NatsLibrary,
    address: { label: 'here' } as NatsAddress,
    name: 'gateway',
    services,
    stream: {
      open: () => Promise.resolve(openings.shift() ?? false),
    } as unknown as EventStream,
    faults: new Faults(services),
    another: () => told.push('another stream'),
    begin: () => {
      const obstacle = obstacles.shift() ?? null;
      return obstacle === null ? Promise.resolve() : Promise.reject(obstacle);
    },
    began: () => told.push('began'),
    ended: () => told.push('ended'),
    troubleChanged: () => {},
  });
  return () => session.end();
});

describe('a session', () => {
  it('can read and write once everything is taken up, and neither when the connection is lost', async () => {
    session.start();
    await expect.poll(() => session.trouble).toBe(null);
    expect(session.history).not.toBe(null);
    lose();
    await expect.poll(() => session.history).toBe(null);
    expect(session.connection).toBe(null);
    expect(session.unavailable().message).toBe(
      'NATS at here cannot be reached: the connection ended',
    );
    expect(told.slice(0, 3)).toEqual(['began', 'NATS at here is connected', 'ended']);
  });

  it('tells of another stream once, though the connection could not be taken up at first', async () => {
    openings = [true, false];
    obstacles = [new Error('no bucket')];
    session.start();
    const trouble = 'NATS at here cannot keep events: no bucket';
    await expect.poll(() => session.trouble).toBe(trouble);
    await clock.advance(500);
    await expect.poll(() => session.trouble).toBe(null);
    expect(told).toEqual([
      'the history in NATS is not the one there was before: pages are told of a gap',
      'another stream',
      `${trouble}; the gateway tries again until it can`,
      'began',
      'NATS at here is connected',
    ]);
  });
});
