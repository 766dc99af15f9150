// @vitest-environment node
import { expect, it } from 'vitest';

import { userKeyOf, userOf } from '../../../js/src/persistence/user-key.js';

function jwt(claims: object): string {
  return `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

it('knows the user of a JSON Web Token by issuer and subject, so that a fresh token is the same user', () => {
  expect(userOf(jwt({ sub: 'ann', exp: 1 }))).toBe(userOf(jwt({ sub: 'ann', exp: 2 })));
  expect(userOf(jwt({ sub: 'ann', iss: 'a' }))).not.toBe(userOf(jwt({ sub: 'ann', iss: 'b' })));
});

it.each(['opaque', 'a.b.c', jwt({ exp: 1 }), jwt({ sub: '' }), jwt({ sub: 5 }), 'x.bnVsbA.y'])(
  'takes %s as it is',
  (token) => {
    expect(userOf(token)).toBe(token);
  },
);

it('stores a hash, never the token', async () => {
  const key = await userKeyOf('secret-token');
  expect(key).toMatch(/^user [0-9a-f]{64}$/);
  expect(key).toBe(await userKeyOf('secret-token'));
  expect(key).not.toBe(await userKeyOf('secret-tokem'));
});
