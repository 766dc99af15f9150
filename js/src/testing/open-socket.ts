/** A WebSocket without a network: it opens at once, nobody answers, and closing is agreed on at once. */
export class OpenSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly CONNECTING = OpenSocket.CONNECTING;
  readonly OPEN = OpenSocket.OPEN;
  readonly CLOSING = OpenSocket.CLOSING;
  readonly CLOSED = OpenSocket.CLOSED;
  readonly url: string;
  readonly protocol: string;
  readonly extensions = '';
  readonly bufferedAmount = 0;
  binaryType: BinaryType = 'blob';
  readyState: number = OpenSocket.CONNECTING;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  constructor(url: string | URL, protocols: string | readonly string[] = []) {
    super();
    this.url = String(url);
    this.protocol = [protocols].flat()[0] ?? '';
    queueMicrotask(() => {
      if (this.readyState !== OpenSocket.CONNECTING) return;
      this.readyState = OpenSocket.OPEN;
      this.tell(new Event('open'));
    });
  }

  send(): void {
    // There is nobody to hear it.
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState >= OpenSocket.CLOSING) return;
    this.readyState = OpenSocket.CLOSING;
    queueMicrotask(() => {
      this.readyState = OpenSocket.CLOSED;
      this.tell(Object.assign(new Event('close'), { code, reason, wasClean: true }));
    });
  }

  private tell(event: Event): void {
    if (event.type === 'open') this.onopen?.(event);
    else this.onclose?.(event as CloseEvent);
    this.dispatchEvent(event);
  }
}
