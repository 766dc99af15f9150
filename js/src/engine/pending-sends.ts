import type { EngineError } from './engine-error.js';

interface PendingSend {
  resolve(): void;
  reject(error: EngineError): void;
}

/** The promises of `send`, by command id. */
export class PendingSends {
  private readonly pending = new Map<number, PendingSend>();
  private lastId = 0;

  /** Ids are never used again. */
  add(): { id: number; done: Promise<void> } {
    const id = ++this.lastId;
    const done = new Promise<void>((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
    });
    return { id, done };
  }

  settle(id: number, error: EngineError | null): void {
    const send = this.pending.get(id);
    this.pending.delete(id);
    if (error === null) send?.resolve();
    else send?.reject(error);
  }

  rejectAll(error: EngineError): void {
    for (const id of [...this.pending.keys()]) this.settle(id, error);
  }
}
