import { createGateway } from '../../../../web-demo/gateway/gateway.js';

/** The reference gateway. It keeps nothing for newcomers, so that every page starts with nothing. */
export class GatewayServer {
  #gateway;

  /**
   * @param {string} origin
   * @param {number} batchSize Events per `batch` frame; 1 sends each alone.
   */
  constructor(origin, batchSize) {
    this.#gateway = createGateway({
      port: 0,
      feed: 'none',
      batchSize,
      // Messages come in whole batches; no clock is to make smaller ones.
      batchIntervalMs: 60_000,
      historySize: 0,
      newcomerEvents: 0,
      logCapacity: 0,
      heartbeatIntervalMs: 0,
      maximumSubscriptions: 10_000,
      logLevel: 'error',
      allowOrigins: [origin],
    });
  }

  async start() {
    return (await this.#gateway.start()).url;
  }

  /** @param {Record<string, unknown>[]} messages Resolves when the client has taken most of what it was sent. */
  async publish(messages) {
    await this.#gateway.publishAll(messages);
  }

  stats() {
    const { subscriptions, dropped } = this.#gateway.stats();
    return { subscriptions, dropped };
  }
}
