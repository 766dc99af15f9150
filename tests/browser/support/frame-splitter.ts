/** Cuts the bytes of one direction of a WebSocket connection into what was said: the HTTP head, then frames (RFC 6455). */

export interface Frame {
  readonly isFinal: boolean;
  readonly opcode: number;
  /** As the sender wrote it, unmasked. */
  readonly payload: Buffer;
}

/** The bytes as they crossed, and the frame that they are; null is HTTP: the head, or all of a connection that is no WebSocket. */
export interface Piece {
  readonly bytes: Buffer;
  readonly frame: Frame | null;
}

const endOfHead = Buffer.from('\r\n\r\n');
const shortLength = 125;
const length16 = 126;
const maskBytes = 4;

export class FrameSplitter {
  private rest: Buffer = Buffer.alloc(0);
  private isPastHead = false;
  private isWebSocket = false;

  /** Takes a chunk as the network cut it; answers with what is complete now. */
  push(chunk: Buffer): Piece[] {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const pieces: Piece[] = [];
    for (let piece = this.take(); piece !== null; piece = this.take()) pieces.push(piece);
    return pieces;
  }

  /** Bytes of what is not complete. */
  get pending(): number {
    return this.rest.length;
  }

  private take(): Piece | null {
    if (this.isPastHead && this.isWebSocket) return this.takeFrame();
    if (this.isPastHead) {
      return this.rest.length === 0 ? null : { bytes: this.cutOff(this.rest.length), frame: null };
    }
    const end = this.rest.indexOf(endOfHead);
    if (end < 0) return null;
    this.isPastHead = true;
    const head = this.cutOff(end + endOfHead.length);
    this.isWebSocket = /^http\/1\.1 101 |^upgrade: *websocket/im.test(head.toString('latin1'));
    return { bytes: head, frame: null };
  }

  private takeFrame(): Piece | null {
    const { rest } = this;
    if (rest.length < 2) return null;
    const [first, second] = [rest.readUInt8(0), rest.readUInt8(1)];
    const shortest = second & 0x7f;
    const lengthBytes = shortest <= shortLength ? 0 : shortest === length16 ? 2 : 8;
    const isMasked = (second & 0x80) !== 0;
    const begin = 2 + lengthBytes + (isMasked ? maskBytes : 0);
    if (rest.length < begin) return null;
    const length =
      lengthBytes === 0
        ? shortest
        : lengthBytes === 2
          ? rest.readUInt16BE(2)
          : Number(rest.readBigUInt64BE(2));
    if (rest.length < begin + length) return null;
    const bytes = this.cutOff(begin + length);
    const body = bytes.subarray(begin);
    const payload = isMasked ? unmasked(body, bytes.subarray(begin - maskBytes, begin)) : body;
    return { bytes, frame: { isFinal: (first & 0x80) !== 0, opcode: first & 0x0f, payload } };
  }

  private cutOff(length: number): Buffer {
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return bytes;
  }
}

function unmasked(body: Buffer, mask: Buffer): Buffer {
  return Buffer.from(body.map((byte, index) => byte ^ mask.readUInt8(index % maskBytes)));
}
