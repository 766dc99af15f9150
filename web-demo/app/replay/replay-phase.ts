import type { GatewayStats } from '../gateway/gateway-stats';

/**
 * - `preparing`: the gateway does not yet know that this page follows every bill.
 * - `ready`: it does, and its feed waits to be started.
 * - `running`, `finished`: the feed publishes; it is at its end.
 */
export type ReplayPhase = 'preparing' | 'ready' | 'running' | 'finished';

export function confirmedBills(billIds: readonly number[], stats: GatewayStats | null): number {
  return billIds.filter((id) => (stats?.bills[id]?.subscribers ?? 0) > 0).length;
}

export function replayPhase(billIds: readonly number[], stats: GatewayStats | null): ReplayPhase {
  switch (stats?.feed.state) {
    case 'running':
      return 'running';
    case 'finished':
    case 'stopped':
      return 'finished';
    case 'waiting':
      return confirmedBills(billIds, stats) === billIds.length ? 'ready' : 'preparing';
    default:
      return 'preparing';
  }
}
