import { canDeflate } from '../compression/can-deflate.js';
import type { ConnectionSnapshot, ReadModel } from '../engine/client.js';
import type { CompressionStats, WebSocketConfig } from '../types.js';

export function compressionStats(
  { message, protocols }: WebSocketConfig,
  connection: ConnectionSnapshot,
  model: Pick<ReadModel, 'counter'>,
): CompressionStats {
  const frames = {
    sent: {
      frames: model.counter('deflatedFramesSent'),
      wireBytes: model.counter('deflatedBytesSent'),
      textBytes: model.counter('deflatedTextBytesSent'),
    },
    received: {
      frames: model.counter('deflatedFramesReceived'),
      wireBytes: model.counter('deflatedBytesReceived'),
      textBytes: model.counter('deflatedTextBytesReceived'),
    },
  };
  if (connection.compression !== undefined) return { state: 'on', ...frames };
  const reason = reasonAgainst(message.compression, protocols, connection);
  return reason === null ? { state: 'offered', ...frames } : { state: 'off', reason, ...frames };
}

function reasonAgainst(
  isWanted: boolean,
  protocols: readonly string[],
  { dialect }: ConnectionSnapshot,
): string | null {
  if (!isWanted) return 'message.compression is false.';
  if (!canDeflate()) return 'There is no CompressionStream here that knows deflate-raw.';
  if (!protocols.includes('civic-engagement-v2')) {
    return 'It takes dialect v2, and websocket.protocols does not offer civic-engagement-v2.';
  }
  if (dialect === 'v1') return 'The server speaks dialect v1, which has no way to agree to it.';
  return dialect === 'v2' ? 'The server did not agree to it.' : null;
}
