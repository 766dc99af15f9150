import type { WorkerLike } from '../../../../js/src/hosts/worker-host.js';
import type { WorkerScope } from '../../../../js/src/hosts/worker-server.js';

type MessageHandler = ((event: { readonly data: unknown }) => void) | null;

/**
 * A worker in the same thread. Messages are cloned and transferred as between threads, wait until there is a handler,
 * and arrive in order, each a microtask after it was posted.
 */
export class FakeWorker {
  onmessage: MessageHandler = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  onerror: ((event: Event) => void) | null = null;
  isTerminated = false;
  /** What the page posted. */
  readonly received: unknown[] = [];
  private readonly inbox: unknown[] = [];
  private handler: MessageHandler = null;

  /** What the worker's code sees. */
  readonly scope: WorkerScope;

  constructor() {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const worker = this;
    this.scope = {
      get onmessage() {
        return worker.handler;
      },
      set onmessage(handler) {
        worker.handler = handler;
        worker.deliver();
      },
      postMessage: (message, transfer) => {
        const data: unknown = structuredClone(message, { transfer });
        queueMicrotask(() => {
          if (!this.isTerminated) this.onmessage?.({ data });
        });
      },
    };
  }

  postMessage(message: unknown): void {
    this.received.push(message);
    this.inbox.push(structuredClone(message));
    queueMicrotask(() => {
      this.deliver();
    });
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** An exception nobody caught; without a message: the file could not be loaded. */
  breakDown(message?: string): void {
    const event = new Event('error');
    this.onerror?.(message === undefined ? event : Object.assign(event, { message }));
  }

  /** For code that wants a real one. */
  asWorker(): WorkerLike {
    return this as unknown as WorkerLike;
  }

  private deliver(): void {
    while (!this.isTerminated && this.handler !== null && this.inbox.length > 0) {
      this.handler({ data: this.inbox.shift() });
    }
  }
}
