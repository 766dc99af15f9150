// Loaded only where message.compression is on.
import { byteLength } from '../websocket/outgoing.js';
import { platformCodec, type DeflateCodec } from './deflate-codec.js';
import { InOrder } from './in-order.js';

/** The first byte of a deflated frame. */
const deflatedMark = 0x01;
const openBrace = 0x7b;

/** Only there a server may send deflated frames. */
const protocolOfDeflating = 'civic-engagement-v2';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export interface DeflatingOptions {
  /** Incoming frames over this size are refused, which counts for what they are inflated to. */
  readonly maxFrameBytes: number;
  /** Told of every frame that went or came deflated: its bytes on the wire, and of its text. */
  readonly note: (isSent: boolean, wireBytes: number, textBytes: number) => void;
  /** The platform's unless said otherwise. */
  readonly codec?: DeflateCodec;
}

/** What the engine's glue uses of a WebSocket. */
type EngineSocket = Pick<
  WebSocket,
  | 'binaryType'
  | 'bufferedAmount'
  | 'close'
  | 'extensions'
  | 'onclose'
  | 'onerror'
  | 'onmessage'
  | 'onopen'
  | 'protocol'
  | 'readyState'
  | 'send'
  | 'url'
>;

/**
 * A WebSocket that sends and takes deflated frames. Deflating takes a moment, in which nothing may overtake: in either
 * direction everything keeps the place it was given, and what comes in reaches its handler inflated. A frame that cannot
 * be inflated comes as it is, for the engine to refuse; one that is too large, as an empty one that is too large.
 */
class DeflatingSocket implements EngineSocket {
  onopen: WebSocket['onopen'] = null;
  onmessage: WebSocket['onmessage'] = null;
  onerror: WebSocket['onerror'] = null;
  onclose: WebSocket['onclose'] = null;
  private readonly going = new InOrder();
  private readonly coming = new InOrder();
  private readonly codec: DeflateCodec;
  /** Bytes that were given to be sent and have not reached the socket. */
  private waitingBytes = 0;
  private isClosing = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly options: DeflatingOptions,
  ) {
    this.codec = options.codec ?? platformCodec;
    socket.binaryType = 'arraybuffer';
    socket.onopen = (event) => {
      this.tell(() => {
        this.onopen?.call(socket, event);
      });
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (!this.coming.isWaiting && !this.isDeflated(event.data))
        this.onmessage?.call(socket, event);
      else this.coming.do(() => this.take(event));
    };
    socket.onerror = (event) => {
      this.tell(() => {
        this.onerror?.call(socket, event);
      });
    };
    socket.onclose = (event) => {
      this.tell(() => {
        this.onclose?.call(socket, event);
      });
    };
  }

  get url(): string {
    return this.socket.url;
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  get extensions(): string {
    return this.socket.extensions;
  }

  get binaryType(): BinaryType {
    return this.socket.binaryType;
  }

  /** Handing over as a Blob would take another wait; it is always a buffer. */
  set binaryType(_type: BinaryType) {
    this.socket.binaryType = 'arraybuffer';
  }

  get readyState(): WebSocket['readyState'] {
    const { readyState, CLOSING } = this.socket;
    return this.isClosing && readyState < CLOSING ? CLOSING : readyState;
  }

  get bufferedAmount(): number {
    return this.socket.bufferedAmount + this.waitingBytes;
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    // The engine sends texts.
    const text = data as string;
    if (!this.going.isWaiting) {
      this.socket.send(text);
      return;
    }
    const bytes = byteLength(text);
    this.waitingBytes += bytes;
    this.going.do(() => {
      this.waitingBytes -= bytes;
      this.sendNow(text);
      return undefined;
    });
  }

  /** Called by the glue, see wasm/websocket_library.js. */
  sendDeflated(text: string): void {
    const bytes = encoder.encode(text);
    this.waitingBytes += bytes.length;
    this.going.do(async () => {
      const frame = await this.codec.deflate(bytes, deflatedMark).catch(() => null);
      this.waitingBytes -= bytes.length;
      // Whatever is wrong with the platform's stream, the message is none the worse for not being deflated.
      const isSent = this.sendNow(frame ?? text);
      if (isSent && frame !== null) this.options.note(true, frame.byteLength, bytes.length);
    });
  }

  close(code?: number, reason?: string): void {
    this.isClosing = true;
    this.going.do(() => {
      this.socket.close(code, reason);
      return undefined;
    });
  }

  /** Returns false when the connection was lost meanwhile, of which its `close` tells. */
  private sendNow(data: string | ArrayBuffer): boolean {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return false;
    socket.send(data);
    return true;
  }

  private take(event: MessageEvent<unknown>): Promise<void> | undefined {
    const { data } = event;
    if (!this.isDeflated(data)) {
      this.onmessage?.call(this.socket, event);
      return undefined;
    }
    return this.inflated(data).then((inflated) => {
      this.onmessage?.call(this.socket, { data: inflated } as MessageEvent);
    });
  }

  private isDeflated(data: unknown): data is ArrayBuffer {
    return (
      typeof data !== 'string' &&
      this.socket.protocol === protocolOfDeflating &&
      new Uint8Array(data as ArrayBuffer)[0] === deflatedMark
    );
  }

  /** What the frame stands for; the frame itself when it is none. */
  private async inflated(frame: ArrayBuffer): Promise<string | ArrayBuffer> {
    const { maxFrameBytes, note } = this.options;
    try {
      const bytes = await this.codec.inflate(new Uint8Array(frame, 1), maxFrameBytes);
      // Nothing is copied of it: the engine looks at its size and refuses it.
      if (bytes === null) return new ArrayBuffer(maxFrameBytes + 2);
      // The engine takes an object's bytes as they are; other JSON it knows as text only.
      const message = new Uint8Array(bytes)[0] === openBrace ? bytes : decoder.decode(bytes);
      note(false, frame.byteLength, bytes.byteLength);
      return message;
    } catch {
      return frame;
    }
  }

  private tell(event: () => void): void {
    this.coming.do(() => {
      event();
      return undefined;
    });
  }
}

/** A class of sockets that deflate, made of `base`, to be used in its place. */
export function deflatingSockets(
  base: typeof WebSocket,
  options: DeflatingOptions,
): typeof WebSocket {
  return class extends DeflatingSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(new base(url, protocols), options);
    }
  } as unknown as typeof WebSocket;
}
