/** The other end of a `FakeSocket`. */
export interface SocketPeer {
  /** Somebody wants to connect: `accept` lets him. */
  connecting(socket: FakeSocket): void;
  sent?(socket: FakeSocket, data: unknown): void;
}

/** A WebSocket without a network; its peer decides what becomes of it. Closing is agreed on at once. */
export class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly CONNECTING = FakeSocket.CONNECTING;
  readonly OPEN = FakeSocket.OPEN;
  readonly CLOSING = FakeSocket.CLOSING;
  readonly CLOSED = FakeSocket.CLOSED;
  readonly url: string;
  /** The first that was offered, as many servers choose; the peer may choose another while it connects. */
  protocol: string;
  readonly protocols: readonly string[];
  readonly extensions = '';
  readonly bufferedAmount = 0;
  binaryType: BinaryType = 'blob';
  readyState: number = FakeSocket.CONNECTING;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  constructor(
    private readonly peer: SocketPeer,
    url: string | URL,
    protocols: string | readonly string[] = [],
  ) {
    super();
    this.url = String(url);
    this.protocols = [protocols].flat();
    this.protocol = this.protocols[0] ?? '';
    peer.connecting(this);
  }

  send(data: unknown): void {
    this.peer.sent?.(this, data);
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState >= FakeSocket.CLOSING) return;
    this.readyState = FakeSocket.CLOSING;
    queueMicrotask(() => {
      this.closed(code, reason, true);
    });
  }

  /** The peer lets it connect. */
  accept(): void {
    if (this.readyState !== FakeSocket.CONNECTING) return;
    this.readyState = FakeSocket.OPEN;
    const event = new Event('open');
    this.onopen?.(event);
    this.dispatchEvent(event);
  }

  /** The peer sent a text, or bytes. */
  receive(data: string | ArrayBuffer): void {
    if (this.readyState !== FakeSocket.OPEN) return;
    const event = Object.assign(new Event('message'), { data }) as MessageEvent;
    this.onmessage?.(event);
    this.dispatchEvent(event);
  }

  /** The connection is over, by the peer or by the network. */
  closed(code: number, reason: string, wasClean: boolean): void {
    if (this.readyState === FakeSocket.CLOSED) return;
    this.readyState = FakeSocket.CLOSED;
    const event = Object.assign(new Event('close'), { code, reason, wasClean }) as CloseEvent;
    this.onclose?.(event);
    this.dispatchEvent(event);
  }
}

/** The class of the sockets of one peer, to be used instead of the platform's. */
export function socketsOf(peer: SocketPeer): typeof WebSocket {
  return class extends FakeSocket {
    constructor(url: string | URL, protocols?: string | readonly string[]) {
      super(peer, url, protocols);
    }
  } as unknown as typeof WebSocket;
}

/** Sockets that open at once, and whose other end says nothing. */
export const OpenSocket = socketsOf({
  connecting: (socket) => {
    queueMicrotask(() => {
      socket.accept();
    });
  },
});
