/** How many follow a topic at all gateways, on virtual time: a gateway that dies says nothing, and is counted no more. */

import { describe, expect, it } from 'vitest';
import { Headcount } from '../../../../../web-demo/gateway/bus/nats/telling/headcount.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

/** Gateways that hear each other at once, as long as they live. */
class Gateways {
  readonly clock = new VirtualClock();
  readonly alive = new Map<string, Headcount>();
  readonly changes: string[] = [];

  start(name: string): Headcount {
    const headcount = new Headcount({
      services: { clock: this.clock },
      tell: (topic, count, asks) => {
        if (!this.alive.has(name)) return;
        for (const [other, heard] of this.alive)
          if (other !== name) heard.heard(topic, name, count, asks);
      },
      changed: () => {
        if (this.alive.has(name)) this.changes.push(name);
      },
    });
    headcount.start();
    this.alive.set(name, headcount);
    return headcount;
  }
}

describe('followers at other gateways', () => {
  it('are counted as soon as they come, also by a gateway that comes later', () => {
    const gateways = new Gateways();
    const [first, second] = [gateways.start('first'), gateways.start('second')];
    first.set('discussion:1', 3);
    expect(second.elsewhere('discussion:1')).toBe(0);
    second.set('discussion:1', 2);
    expect([first, second].map((one) => one.elsewhere('discussion:1'))).toEqual([2, 3]);
    first.set('discussion:1', 0);
    expect(second.elsewhere('discussion:1')).toBe(0);
  });

  it('of a gateway that died are forgotten within half a minute, and everybody is told', async () => {
    const gateways = new Gateways();
    const [first, second] = [gateways.start('first'), gateways.start('second')];
    first.set('discussion:1', 3);
    second.set('discussion:1', 2);
    await gateways.clock.advance(60_000);
    expect(second.elsewhere('discussion:1')).toBe(3);
    gateways.alive.delete('first');
    gateways.changes.length = 0;
    await gateways.clock.advance(20_000);
    expect(second.elsewhere('discussion:1')).toBe(3);
    await gateways.clock.advance(15_000);
    expect(second.elsewhere('discussion:1')).toBe(0);
    expect(gateways.changes).toEqual(['second']);
  });
});
