/** A WebSocket without a network: the page plays the server. */
export class ScriptedSocket extends EventTarget {
  /** The one made last. */
  static current: ScriptedSocket | null = null;

  readonly protocol = 'civic-engagement-v1';
  readonly extensions = '';
  readonly bufferedAmount = 0;
  binaryType = 'blob';
  readyState: number = WebSocket.CONNECTING;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  /** Messages the page has sent so far, by type. */
  readonly sent = { subscribe: 0, unsubscribe: 0 };
  private readonly waiting = new Set<() => void>();

  constructor(readonly url: string) {
    super();
    ScriptedSocket.current = this;
    queueMicrotask(() => {
      this.readyState = WebSocket.OPEN;
      this.onopen?.(new Event('open'));
    });
  }

  send(text: string): void {
    const { type } = JSON.parse(text) as { type: string };
    if (type !== 'subscribe' && type !== 'unsubscribe') return;
    ++this.sent[type];
    for (const check of this.waiting) check();
  }

  close(code = 1000, reason = ''): void {
    this.readyState = WebSocket.CLOSED;
    queueMicrotask(() => this.onclose?.(new CloseEvent('close', { code, reason, wasClean: true })));
  }

  /** The server says something. */
  receive(data: string): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }

  /** Resolves when the page has sent as many messages of that type. */
  whenSent(type: 'subscribe' | 'unsubscribe', count: number): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (this.sent[type] < count) return;
        this.waiting.delete(check);
        resolve();
      };
      this.waiting.add(check);
      check();
    });
  }
}
