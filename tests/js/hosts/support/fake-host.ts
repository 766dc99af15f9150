import type { EngineCommand } from '../../../../js/src/engine/abi.js';
import type { EngineError } from '../../../../js/src/engine/engine-error.js';
import type { EngineHost, HostEvents } from '../../../../js/src/hosts/engine-host.js';

/** A host whose engine is the test. */
export class FakeHost implements EngineHost {
  readonly batches: EngineCommand[][] = [];
  /** After how many milliseconds each credit that came back is good. */
  readonly credits: number[] = [];
  readonly exports: boolean[] = [];
  recording: ArrayBuffer | null = null;
  isStopped = false;
  resolve: () => void = () => undefined;
  reject: (error: EngineError) => void = () => undefined;

  constructor(readonly events: HostEvents) {}

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  execute(commands: readonly EngineCommand[]): void {
    this.batches.push([...commands]);
  }

  returnCredit(afterMs: number): void {
    this.credits.push(afterMs);
  }

  exportRecording(hasPayloads: boolean): Promise<ArrayBuffer | null> {
    this.exports.push(hasPayloads);
    return Promise.resolve(this.recording);
  }

  stop(): void {
    this.isStopped = true;
  }
}
