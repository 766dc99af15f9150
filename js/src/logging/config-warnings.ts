import { canDeflate } from '../compression/can-deflate.js';
import { defaultRealTimeConfig } from '../config/defaults.js';
import { isThisMachine } from '../config/this-machine.js';
import type { BillsConfig, RealTimeConfig } from '../types.js';

export interface ConfigWarning {
  readonly field: string;
  readonly text: string;
}

/** Where what `bills` seems to say is said. */
const insteadOfBills: Readonly<Record<keyof BillsConfig, string>> = {
  autoReconnect: 'websocket.reconnect.enabled says it',
  maxReconnectAttempts: 'websocket.reconnect.maxAttempts says it',
  reconnectDelay: 'websocket.reconnect.delay says it',
  heartbeatInterval: 'websocket.heartbeat.interval says it',
  batchUpdateInterval: 'changes cross once per frame',
  maxBatchSize: 'changes cross once per frame',
};

/** What a valid configuration says that does not do what somebody may expect of it. */
export function configWarnings({ websocket, bills }: RealTimeConfig): ConfigWarning[] {
  const warnings: ConfigWarning[] = [];
  const warn = (field: string, text: string): void => {
    warnings.push({ field, text: `${field} ${text}` });
  };
  for (const [name, instead] of Object.entries(insteadOfBills)) {
    const field = name as keyof BillsConfig;
    if (bills[field] === defaultRealTimeConfig.bills[field]) continue;
    warn(`bills.${field}`, `has no effect: ${instead}.`);
  }
  const { url, auth, protocols, reconnect, message, security } = websocket;
  if (reconnect.maxDelay < reconnect.delay) {
    const { delay, maxDelay } = reconnect;
    warn(
      'websocket.reconnect.maxDelay',
      `is ${maxDelay} ms, less than websocket.reconnect.delay, so that one limits the waits: ${delay} ms.`,
    );
  }
  if (message.compression && !protocols.includes('civic-engagement-v2')) {
    warn(
      'websocket.message.compression',
      'has no effect: websocket.protocols does not offer civic-engagement-v2, which it takes.',
    );
  } else if (message.compression && !canDeflate()) {
    warn(
      'websocket.message.compression',
      "has no effect: there is no CompressionStream of 'deflate-raw' here.",
    );
  }
  const { protocol, hostname } = new URL(url);
  if (security.allowInsecureToken && protocol === 'ws:' && !isThisMachine(hostname)) {
    const where = auth === 'query' ? 'in an address' : 'over a connection';
    warn(
      'websocket.security.allowInsecureToken',
      `is true, so tokens go ${where} that is not encrypted, to ${hostname}.`,
    );
  }
  return warnings;
}
