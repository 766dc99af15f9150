type Bytes = Uint8Array<ArrayBuffer>;

/** Deflates and inflates one piece at a time. */
export interface DeflateCodec {
  /** `prefix` and the deflated bytes, in a buffer of its own. */
  deflate(bytes: Bytes, prefix: number): Promise<ArrayBuffer>;
  /** In a buffer of its own; null when it is more than `maxBytes`. Rejects for what is no deflated piece, or part of one. */
  inflate(bytes: Bytes, maxBytes: number): Promise<ArrayBuffer | null>;
}

/** The platform's streams, which do the work off this thread. */
export const platformCodec: DeflateCodec = {
  async deflate(bytes, prefix) {
    const deflated = await collect(bytes, new CompressionStream('deflate-raw'), Infinity);
    return joined([Uint8Array.of(prefix), ...(deflated ?? [])]);
  },
  async inflate(bytes, maxBytes) {
    const inflated = await collect(bytes, new DecompressionStream('deflate-raw'), maxBytes);
    return inflated === null ? null : joined(inflated);
  },
};

interface ByteStream {
  readonly readable: ReadableStream<Bytes>;
  readonly writable: WritableStream<BufferSource>;
}

/** What comes out of the stream; null, and no more is made, when it is more than `maxBytes`. */
async function collect(
  input: Bytes,
  stream: ByteStream,
  maxBytes: number,
): Promise<Bytes[] | null> {
  const writer = stream.writable.getWriter();
  // Whatever fails here fails reading, too.
  writer.write(input).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const parts: Bytes[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    size += value.length;
    if (size > maxBytes) {
      reader.cancel().catch(() => undefined);
      return null;
    }
    parts.push(value);
  }
}

function joined(parts: readonly Bytes[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole.buffer;
}
