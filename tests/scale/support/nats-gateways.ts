/** Gateways of one NATS server, in this process. */

import { createBus } from '../../../web-demo/gateway/bus/create-bus.js';
import { resolveOptions, type GatewayOptions } from '../../../web-demo/gateway/options/options.js';
import { startGateway, type RunningGateway } from '../../gateway/support/fixture.js';
import { untilHealthy } from './until-healthy.js';

/** Settles when it serves. */
export async function startNatsGateway(
  address: string,
  options: Partial<GatewayOptions> = {},
): Promise<RunningGateway> {
  const gateway = await startNatsGatewayNow(address, options);
  await untilHealthy(gateway.httpUrl);
  return gateway;
}

/** As `startNatsGateway`, whether NATS is there or not. */
export async function startNatsGatewayNow(
  address: string,
  options: Partial<GatewayOptions> = {},
): Promise<RunningGateway> {
  const bus = await createBus(address, resolveOptions(options));
  return startGateway({ ...options, bus });
}
