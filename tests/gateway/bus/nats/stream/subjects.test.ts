/** Topics as subjects of NATS: every topic has one of its own, which NATS takes. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../../web-demo/gateway/bus/nats/stream/subjects.js';

describe('a subject', () => {
  it('reads like its topic', () => {
    expect(subjectOf('bill:123', null)).toBe('bill.123');
    expect(subjectOf('expert:updates', null)).toBe('expert.updates');
    expect(subjectOf('user_notifications', null)).toBe('user_notifications');
    expect(subjectOf('user_notifications', 'user-1f')).toBe('user_notifications.user-1f');
    expect(subjectOf('discussion:a.b *>é', null)).toBe('discussion.a%2Eb%20%2A%3E%C3%A9');
  });

  it('is another one for every topic and audience, whatever is in them', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const id = fc.oneof(text, fc.constantFrom('%2E', '.', '*', '>', ' ', 'a.b', 'a%2Eb'));
    const place = fc.tuple(id, fc.option(id));
    fc.assert(
      fc.property(place, place, ([one, user], [other, another]) => {
        const [first, second] = [
          subjectOf(`discussion:${one}`, user),
          subjectOf(`discussion:${other}`, another),
        ];
        expect(first).toMatch(/^discussion(\.[\w%-]+)+$/);
        expect(first === second).toBe(one === other && user === another);
      }),
    );
  });
});
