/** Tests of tests/browser/pages/delivery: what a page was told, against what the gateway published. */

import type { GatewayOptions } from '../../../web-demo/gateway/options/options.js';
import { DeliveryTab, deliveryUrl, type DeliveryQuery } from './delivery-tab.js';
import { FaultProxy } from './fault-proxy.js';
import { testOfPage, type PageTestOptions, type StartedGateway } from './page-test.js';

/** A gateway, and tabs that reach it over a line that can be made to fail. */
export interface FaultyLine extends Omit<StartedGateway, 'port' | 'url'> {
  /** Where the gateway itself listens. */
  readonly gatewayPort: number;
  readonly proxy: FaultProxy;
  /** Opens a tab whose line is the one that fails, unless it is to go to another port. */
  open(query: Omit<DeliveryQuery, 'port'> & { readonly port?: number }): Promise<DeliveryTab>;
}

export function testOfDelivery(options: PageTestOptions = {}) {
  return (
    testOfPage('delivery', options)
      /** Puts a line that can fail before a port. A test that fails shows what was done to it. */
      .extend('startProxy', ({ onTestFailed }, { onCleanup }) => {
        const proxies: FaultProxy[] = [];
        onCleanup(async () => {
          await Promise.all(proxies.map((proxy) => proxy.stop()));
        });
        return async (port: number): Promise<FaultProxy> => {
          const proxy = await FaultProxy.start(port);
          proxies.push(proxy);
          onTestFailed(() => {
            console.log(proxy.describe());
          });
          return proxy;
        };
      })
      .extend('openTab', ({ context, pages }) => {
        return (query: DeliveryQuery): Promise<DeliveryTab> =>
          DeliveryTab.open(context, deliveryUrl(pages.url, query));
      })
      .extend('startLine', ({ startGateway, startProxy, openTab }) => {
        return async (gatewayOptions: Partial<GatewayOptions> = {}): Promise<FaultyLine> => {
          const { gateway, port: gatewayPort } = await startGateway(gatewayOptions);
          const proxy = await startProxy(gatewayPort);
          return {
            ...{ gateway, gatewayPort, proxy },
            open: (query) => openTab({ port: proxy.port, ...query }),
          };
        };
      })
  );
}
