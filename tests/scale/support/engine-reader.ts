/** The real engine in Node, over the package's page host, and what it tells a page of streams of bills. */

import { EventKind } from '../../../js/src/engine/abi.js';
import type { EngineClient } from '../../../js/src/engine/client.js';
import { createEngineClient } from '../../../js/src/engine/create-engine-client.js';
import type { BillUpdate, Gap } from '../../../js/src/types.js';
import { builtWasmUrl, loadBuiltGlue } from '../../wasm/support/built-engine.js';
import { NodeWebSocket } from '../../wasm/support/node-web-socket.js';

const PROTOCOLS = ['civic-engagement-v2', 'civic-engagement-v1'];
const RECONNECT = {
  enabled: true,
  maxAttempts: -1,
  delayMs: 5,
  maxDelayMs: 200,
  backoff: 'linear',
};

export class EngineReader {
  /** What was told of each topic, in order. */
  readonly told = new Map<string, unknown[]>();
  readonly gaps: Gap[] = [];
  #client: EngineClient;
  #watchers = new Set<() => void>();

  constructor(url: string, topics: readonly string[]) {
    this.#client = createEngineClient({
      config: JSON.stringify({ url, protocols: PROTOCOLS, reconnect: RECONNECT, lingerMs: 0 }),
      host: 'page',
      wasmUrl: builtWasmUrl,
      WebSocket: NodeWebSocket,
      seams: { loadGlue: loadBuiltGlue },
      onListenerError: (error) => {
        throw error as Error;
      },
    });
    for (const topic of topics) this.told.set(topic, []);
    this.#client.setHandlers({
      event: (kind, topic, payload) => {
        if (kind === EventKind.gap) this.gaps.push(payload() as Gap);
        if (kind === EventKind.billUpdate)
          this.told.get(topic)?.push((payload() as BillUpdate).data['n']);
        for (const watcher of this.#watchers) watcher();
      },
    });
    this.#client.command('listen', (1 << EventKind.billUpdate) | (1 << EventKind.gap));
    this.#client.command('connect', '');
    for (const [index, topic] of topics.entries())
      this.#client.command('subscribe', index + 1, topic, '{}');
  }

  get count(): number {
    return [...this.told.values()].reduce((sum, told) => sum + told.length, 0);
  }

  get lost(): Gap[] {
    return this.gaps.filter(({ recovered }) => !recovered);
  }

  async start(): Promise<void> {
    await this.#client.start();
    await this.until(
      () =>
        Object.values(this.#client.readModel.guarantees()).filter(
          (one) => one === 'exactly-ordered',
        ).length === this.told.size,
      (watcher) => this.#client.readModel.watchConnection(watcher),
    );
  }

  stop(): void {
    this.#client.stop();
  }

  /** Settles when the condition holds, which is asked after everything that is told. */
  async until(
    condition: () => boolean,
    watch: (watcher: () => void) => () => void = () => () => {},
  ): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const watcher = (): void => {
        if (!condition()) return;
        this.#watchers.delete(watcher);
        unwatch();
        clearInterval(timer);
        resolve();
      };
      const unwatch = watch(watcher);
      const timer = setInterval(watcher, 50);
      this.#watchers.add(watcher);
    });
  }
}
