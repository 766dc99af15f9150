/** Where NATS is, as `--bus` says it. */

import { describe, expect, it } from 'vitest';
import { readNatsAddress } from '../../../../../web-demo/gateway/bus/nats/connection/address.js';
import { readCommandLine } from '../../../../../web-demo/gateway/options/command-line.js';

describe('an address of NATS', () => {
  it('names one server, or those of a cluster, with the usual port', () => {
    expect(readNatsAddress('nats://localhost')).toEqual({
      servers: ['localhost:4222'],
      label: 'nats://localhost:4222',
      connection: {},
    });
    expect(readNatsAddress('nats://a:1, nats://b:2,nats://c').servers).toEqual([
      ...['a:1', 'b:2', 'c:4222'],
    ]);
    expect(readNatsAddress('tls://a').connection).toEqual({ tls: {} });
  });

  it('may hold a user and a password, or a token, which people do not get to see', () => {
    const withPassword = readNatsAddress('nats://civic:p%40ss@host:4222');
    expect(withPassword.connection).toEqual({ user: 'civic', pass: 'p@ss' });
    expect(withPassword.label).toBe('nats://host:4222');
    expect(readNatsAddress('nats://s3cret@host').connection).toEqual({ token: 's3cret' });
  });

  it.each(['redis://user:s3cret@host', 'nats://', 'nats://u:s3cret@host/path', 'host:4222', ''])(
    'is refused when it is %s, and not repeated',
    (address) => {
      expect(() => readNatsAddress(address)).toThrow(
        '--bus is no address of NATS; allowed: memory,',
      );
      expect(() => readNatsAddress(address)).not.toThrow('s3cret');
    },
  );

  it('comes from the command line or the environment', () => {
    expect(readCommandLine(['--bus', 'nats://a'], { GATEWAY_BUS: 'nats://b' })?.busAddress).toBe(
      'nats://a',
    );
    expect(readCommandLine([], { GATEWAY_BUS: 'nats://b' })?.busAddress).toBe('nats://b');
    expect(readCommandLine([], {})?.busAddress).toBeUndefined();
  });
});
