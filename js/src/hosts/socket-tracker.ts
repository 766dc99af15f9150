/** Knows which of the sockets it made are not closed yet, so that a worker can end after its connection did. */
export class SocketTracker {
  /** To be used instead of the class it was given. */
  readonly WebSocket: typeof WebSocket;
  private readonly open = new Set<WebSocket>();
  private onAllClosed: (() => void) | null = null;

  constructor(base: typeof WebSocket) {
    const track = (socket: WebSocket): void => {
      this.open.add(socket);
      socket.addEventListener('close', () => {
        this.forget(socket);
      });
    };
    this.WebSocket = class extends base {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        track(this);
      }
    };
  }

  /** Calls `callback` once, as soon as every socket is closed. */
  whenAllClosed(callback: () => void): void {
    this.onAllClosed = callback;
    this.tellIfAllClosed();
  }

  private forget(socket: WebSocket): void {
    this.open.delete(socket);
    this.tellIfAllClosed();
  }

  private tellIfAllClosed(): void {
    if (this.open.size > 0) return;
    const callback = this.onAllClosed;
    this.onAllClosed = null;
    callback?.();
  }
}
