import type {
  BundleState,
  EngineModule,
  EngineModuleOptions,
} from '../../../../js/src/engine/engine-module.js';

const bundleAddress = 64;

/** Stands for the compiled engine: notes every call, and has whatever bundles a test gives it. */
export class FakeEngine {
  readonly calls: unknown[][] = [];
  host: EngineModuleOptions['civicHost'] | null = null;
  /** What `createEngine` answers. */
  refusal = '';
  /** What `exportRecording` has; null: nothing is recorded. */
  recording: readonly number[] | null = null;
  /** Thrown by the next call of the function of that name. */
  trap: string | null = null;
  abort: ((reason: unknown) => void) | undefined;
  private bundles: { bytes: Uint8Array; urgent: boolean }[] = [];
  private memory = new Uint8Array(1024);
  private bundleBytes = 0;

  /** For `RuntimeOptions.instantiate`. */
  readonly instantiate = (
    options: Pick<EngineModuleOptions, 'civicHost' | 'onAbort'>,
  ): Promise<EngineModule> => {
    this.host = options.civicHost;
    this.abort = options.onAbort;
    return Promise.resolve(this.module());
  };

  /** The engine has something for the page, and says so. */
  produce(bundle: ArrayBuffer | readonly number[], urgent = false): void {
    this.bundles.push({ bytes: new Uint8Array(bundle), urgent });
    this.host?.wake(1, urgent);
  }

  callsOf(name: string): unknown[][] {
    return this.calls.filter((call) => call[0] === name);
  }

  private note(name: string, ...args: unknown[]): void {
    this.calls.push([name, ...args]);
    if (this.trap === name) {
      this.trap = null;
      throw new WebAssembly.RuntimeError('unreachable');
    }
  }

  private state(): BundleState {
    if (this.bundles.length === 0) return 0;
    return this.bundles.some((bundle) => bundle.urgent) ? 2 : 1;
  }

  /** All bundles there are, one after the other, at one place that the next drain overwrites. */
  private drain(): number {
    if (this.bundles.length === 0) return 0;
    const bytes = this.bundles.flatMap((bundle) => [...bundle.bytes]);
    this.bundles = [];
    if (bundleAddress + bytes.length > this.memory.length)
      this.memory = new Uint8Array(2 * bytes.length + bundleAddress);
    this.memory.set(bytes, bundleAddress);
    this.bundleBytes = bytes.length;
    return bundleAddress;
  }

  private module(): EngineModule {
    const memory = (): Uint8Array => this.memory;
    const functions = {
      get HEAPU8() {
        return memory();
      },
      createEngine: (config: string, seed: number) => {
        this.note('createEngine', config, seed);
        return this.refusal;
      },
      addPage: () => {
        this.note('addPage');
        return 1;
      },
      _civic_advance: () => this.note('advance'),
      _civic_drain_bundle: (page: number) => {
        this.note('drain', page);
        return this.drain();
      },
      _civic_bundle_bytes: () => this.bundleBytes,
      _civic_bundle_state: () => this.state(),
      _civic_export_recording: (hasPayloads: boolean) => {
        this.note('exportRecording', hasPayloads);
        if (this.recording === null) return 0;
        this.memory.set(this.recording, bundleAddress);
        return bundleAddress;
      },
      _civic_recording_bytes: () => this.recording?.length ?? 0,
    };
    return new Proxy(functions, {
      get: (target, name) =>
        name in target
          ? target[name as keyof typeof target]
          : name === 'then'
            ? undefined
            : (...args: unknown[]) => this.note(String(name), ...args),
    }) as unknown as EngineModule;
  }
}
