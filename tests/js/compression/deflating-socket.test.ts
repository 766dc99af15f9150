// @vitest-environment node
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { platformCodec, type DeflateCodec } from '../../../js/src/compression/deflate-codec.js';
import { deflatingSockets } from '../../../js/src/compression/deflating-socket.js';
import { FakeSocket } from '../../../js/src/testing/fake-socket.js';

const v2 = 'civic-engagement-v2';
const text = (length: number, fill = 'x') =>
  JSON.stringify({ type: 't', fill: fill.repeat(length) });

/** The engine's side: a socket that deflates, and everything it told. */
class Connection {
  readonly told: unknown[] = [];
  readonly notes: unknown[] = [];
  readonly sent: unknown[] = [];
  readonly plain: FakeSocket;
  readonly socket: WebSocket & { sendDeflated(text: string): void };

  constructor({ codec, protocol = v2, maxFrameBytes = 1000 }: Options = {}) {
    let plain: FakeSocket | undefined;
    const peer = {
      connecting: (socket: FakeSocket) => (plain = socket),
      sent: (_socket: FakeSocket, data: unknown) => this.sent.push(data),
    };
    class Plain extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(peer, url, protocols);
      }
    }
    const Sockets = deflatingSockets(Plain as unknown as typeof WebSocket, {
      maxFrameBytes,
      note: (...note) => this.notes.push(note),
      ...(codec && { codec }),
    });
    this.socket = new Sockets('ws://localhost/', [protocol]) as Connection['socket'];
    this.plain = plain as unknown as FakeSocket;
    this.socket.onopen = () => this.told.push('open');
    this.socket.onerror = () => this.told.push('error');
    this.socket.onclose = ({ code }) => this.told.push(`close ${code}`);
    this.socket.onmessage = ({ data }: MessageEvent<unknown>) => this.told.push(data);
    this.plain.accept();
  }

  /** What was told, with bytes as the text they are, and what the engine would refuse by its size. */
  get heard(): unknown[] {
    return this.told.map((data) => {
      if (!(data instanceof ArrayBuffer)) return data;
      if (data.byteLength > 1001) return 'too large';
      const bytes = Buffer.from(data);
      return bytes[0] === 1 ? 'malformed' : bytes.toString();
    });
  }

  /** What was sent, inflated where it has to be. */
  get wire(): unknown[] {
    return this.sent.map((data) => {
      if (typeof data === 'string') return data;
      const frame = Buffer.from(data as ArrayBuffer);
      expect(frame[0]).toBe(1);
      return inflateRawSync(frame.subarray(1)).toString();
    });
  }
}

interface Options {
  codec?: DeflateCodec;
  protocol?: string;
  maxFrameBytes?: number;
}

function frame(of: string): ArrayBuffer {
  return new Uint8Array([1, ...deflateRawSync(of)]).buffer;
}

const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await idle();
}

describe('sending', () => {
  it('deflates what is asked for, behind a mark, and counts it', async () => {
    const connection = new Connection();
    const message = text(600, 'ß');
    connection.socket.sendDeflated(message);
    await until(() => connection.sent.length === 1);
    expect(connection.wire).toEqual([message]);
    const [frame] = connection.sent as [ArrayBuffer];
    expect(frame.byteLength).toBeLessThan(100);
    expect(connection.notes).toEqual([[true, frame.byteLength, Buffer.byteLength(message)]]);
  });

  it('counts what waits as buffered, and closes after it', async () => {
    const connection = new Connection();
    const { socket } = connection;
    socket.sendDeflated(text(600));
    socket.send('ß');
    socket.close(4000, 'over');
    expect(socket.bufferedAmount).toBe(text(600).length + 2);
    expect([socket.readyState, connection.plain.readyState]).toEqual([2, 1]);
    await until(() => socket.readyState === 3);
    expect([connection.wire, socket.bufferedAmount]).toEqual([[text(600), 'ß'], 0]);
    expect(connection.told).toEqual(['open', 'close 4000']);
  });

  it('goes on as it is when it cannot be deflated', async () => {
    const fail = () => Promise.reject(new Error('no memory'));
    const connection = new Connection({ codec: { deflate: fail, inflate: fail } });
    connection.socket.sendDeflated('a');
    connection.socket.send('b');
    await idle();
    expect([connection.sent, connection.notes]).toEqual([['a', 'b'], []]);
  });

  it('sends nothing on a connection that was lost meanwhile', async () => {
    const connection = new Connection();
    connection.socket.sendDeflated(text(600));
    connection.plain.closed(1006, '', false);
    await until(() => connection.socket.bufferedAmount === 0);
    expect([connection.sent, connection.notes]).toEqual([[], []]);
  });
});

describe('receiving', () => {
  it('hands over what deflated frames stand for, and counts them', async () => {
    const connection = new Connection();
    const frames = [frame(text(500)), frame(' [1]')];
    for (const one of frames) connection.plain.receive(one);
    await until(() => connection.told.length === 3);
    expect(connection.heard).toEqual(['open', text(500), ' [1]']);
    expect(connection.notes).toEqual([
      [false, frames[0]?.byteLength, text(500).length],
      [false, frames[1]?.byteLength, 4],
    ]);
  });

  const cut = frame(text(500)).slice(0, -4);
  const noText = new Uint8Array([1, ...deflateRawSync(Buffer.of(0xff, 0xfe))]).buffer;
  it.each([
    ['only a mark', new Uint8Array([1]).buffer],
    ['no deflated bytes', new Uint8Array([1, 0xff, 0xff, 0xff]).buffer],
    ['one that is cut off', cut],
    ['one of no text', noText],
  ])('hands over %s as it is, and goes on', async (_what, broken) => {
    const connection = new Connection();
    connection.plain.receive(broken);
    connection.plain.receive('next');
    await until(() => connection.told.length === 3);
    expect(connection.told[1]).toBe(broken);
    expect(connection.told[2]).toBe('next');
    expect(connection.notes).toEqual([]);
  });

  it('inflates no more than a frame may have', async () => {
    const connection = new Connection({ maxFrameBytes: 1000 });
    const allowed = 'x'.repeat(1000);
    connection.plain.receive(frame(allowed));
    connection.plain.receive(frame(`${allowed}x`));
    connection.plain.receive(frame('x'.repeat(50_000_000)));
    await until(() => connection.told.length === 4);
    expect(connection.heard).toEqual(['open', allowed, 'too large', 'too large']);
    expect((connection.told[3] as ArrayBuffer).byteLength).toBe(1002);
  });

  it('inflates nothing in dialect v1, where no frame is deflated', () => {
    const connection = new Connection({ protocol: 'civic-engagement-v1' });
    const one = frame('{}');
    connection.plain.receive(one);
    connection.plain.receive(new ArrayBuffer(0));
    expect(connection.told[1]).toBe(one);
    expect(connection.told).toHaveLength(3);
  });
});

describe('the order of things', () => {
  const words = fc.string({ maxLength: 30 }).map((fill) => text(1, fill));
  const steps = fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: 'wait' as const, of: '' }) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constantFrom('send', 'sendDeflated', 'receive', 'receiveDeflated'),
        of: words,
      }),
    },
    { weight: 1, arbitrary: fc.constantFrom({ kind: 'broken' as const, of: '' }) },
    { weight: 1, arbitrary: fc.constantFrom({ kind: 'huge' as const, of: '' }) },
  );

  it('is kept in both directions, however long deflating and inflating take', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(steps, { maxLength: 40 }), async (delays, all) => {
        const codec: DeflateCodec = {
          deflate: async (bytes, prefix) => {
            await delays.schedule(Promise.resolve(), 'deflate');
            return new Uint8Array([prefix, ...deflateRawSync(bytes)]).buffer;
          },
          inflate: async (bytes, maxBytes) => {
            await delays.schedule(Promise.resolve(), 'inflate');
            const inflated = inflateRawSync(bytes);
            return inflated.length > maxBytes ? null : new Uint8Array(inflated).buffer;
          },
        };
        const connection = new Connection({ codec });
        const { socket, plain } = connection;
        const [sent, heard]: [string[], string[]] = [[], ['open']];
        for (const { kind, of } of all) {
          if (kind === 'wait') {
            if (delays.count() > 0) await delays.waitOne();
          } else if (kind === 'send' || kind === 'sendDeflated') {
            socket[kind](of);
            sent.push(of);
          } else if (kind === 'broken') {
            plain.receive(new Uint8Array([1, 0xff]).buffer);
            heard.push('malformed');
          } else if (kind === 'huge') {
            plain.receive(frame('x'.repeat(2000)));
            heard.push('too large');
          } else {
            plain.receive(kind === 'receive' ? of : frame(of));
            heard.push(of);
          }
        }
        for (await idle(); delays.count() > 0; await idle()) await delays.waitAll();
        expect(connection.wire).toEqual(sent);
        plain.closed(1001, '', true);
        await idle();
        expect(connection.heard).toEqual([...heard, 'close 1001']);
        expect(socket.bufferedAmount).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the platform’s streams', () => {
  it('give back what they were given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 5000 }), async (bytes) => {
        const input = new Uint8Array(bytes);
        const deflated = await platformCodec.deflate(input, 1);
        const inflated = await platformCodec.inflate(new Uint8Array(deflated, 1), bytes.length);
        expect(Buffer.from(inflated as ArrayBuffer)).toEqual(Buffer.from(bytes));
        const less = platformCodec.inflate(new Uint8Array(deflated, 1), bytes.length - 1);
        expect(await less).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
