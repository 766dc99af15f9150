import type { EngineError } from '../engine/engine-error.js';

interface Waiting {
  resolve(recording: ArrayBuffer | null): void;
  reject(error: EngineError): void;
}

/** Who waits for recordings that a worker was asked for. */
export class PendingRecordings {
  private readonly waiting = new Map<number, Waiting>();
  private lastRequest = 0;

  add(): { request: number; done: Promise<ArrayBuffer | null> } {
    const request = ++this.lastRequest;
    const done = new Promise<ArrayBuffer | null>((resolve, reject) => {
      this.waiting.set(request, { resolve, reject });
    });
    return { request, done };
  }

  settle(request: number, recording: ArrayBuffer | null): void {
    this.waiting.get(request)?.resolve(recording);
    this.waiting.delete(request);
  }

  rejectAll(error: EngineError): void {
    for (const waiting of this.waiting.values()) waiting.reject(error);
    this.waiting.clear();
  }
}
