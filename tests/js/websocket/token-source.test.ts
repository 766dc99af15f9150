// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { rememberedTokens } from '../../../js/src/engine/abi.js';
import { TokenSource } from '../../../js/src/websocket/token-source.js';

const now = () => 0;

it('leaves no token in a text, in whatever form and wherever it was cut off', () => {
  const secrets = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 });
  fc.assert(
    fc.property(secrets, fc.string(), fc.nat(), (token, around, cut) => {
      const source = new TokenSource(undefined, now);
      source.current = token;
      const base64 = Buffer.from(token).toString('base64url');
      for (const form of [token, encodeURIComponent(token), base64]) {
        const whole = `${around}${form}${around}`;
        expect(source.redact(whole).includes(form)).toBe(false);
        const begun = form.slice(0, Math.max(8, cut % (form.length + 1)));
        expect(source.redact(`token=${begun}`)).toBe('token=[token]');
      }
    }),
  );
});

it('leaves nothing of a form that begins like another', () => {
  const source = new TokenSource(undefined, now);
  source.current = 'beginning/the secret part';
  const address = `wss://there/?token=${encodeURIComponent(source.current)}&v=2`;
  expect(source.redact(address)).toBe('wss://there/?token=[token]&v=2');
});

it('leaves out as many earlier tokens as the engine does, each one counted from when it was last in use', () => {
  const source = new TokenSource(undefined, now);
  // A beginning of eight characters would be taken for the whole.
  const tokens = Array.from({ length: rememberedTokens + 1 }, (_, n) => `${String(n)}-hours-old`);
  for (const token of [...tokens, tokens[1] as string]) source.current = token;
  const [forgotten, ...remembered] = tokens as [string, ...string[]];
  for (const token of remembered) expect(source.redact(`not ${token}!`)).toBe('not [token]!');
  // What comes after forgets the one that was in use longest ago.
  source.current = 'the-next-token';
  expect(source.redact(tokens[1] as string)).toBe('[token]');
  expect(source.redact(tokens[2] as string)).toBe(tokens[2]);
  expect(source.redact(forgotten)).toBe(forgotten);
});

it('changes nothing in other texts, and takes short tokens for words', () => {
  const source = new TokenSource(undefined, now);
  source.current = 'secret-token';
  source.current = 'bill';
  expect(source.redact('The bill is a secret.')).toBe('The bill is a secret.');
  const context = { reason: 'secret-token', count: 3 };
  expect(source.redactReport({ code: 'c', message: 'secret-token!', context })).toEqual({
    code: 'c',
    message: '[token]!',
    context: { reason: '[token]', count: 3 },
  });
  expect(source.redactReport({ code: 'c', message: 'm' })).toEqual({ code: 'c', message: 'm' });
});

it('takes also what is no text', () => {
  const source = new TokenSource(undefined, now);
  source.current = 'half a \ud83d character';
  expect(source.redact('half a \ud83d character')).toBe('[token]');
});
