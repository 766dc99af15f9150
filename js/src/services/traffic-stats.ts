import type { ReadModel } from '../engine/client.js';
import type { MemoryStats, RoundTripStats, TopicStats, TrafficStats } from '../types.js';

export function topicStats(model: ReadModel): Record<string, TopicStats> {
  const figures = model.figures()?.topics;
  return Object.fromEntries(
    Object.entries(model.guarantees()).map(([topic, delivery]) => {
      const known = figures?.get(topic);
      return [
        topic,
        {
          delivery,
          messages: known?.messages ?? 0,
          bytes: known?.bytes ?? 0,
          conflated: known?.conflated ?? 0,
          dropped: known?.dropped ?? 0,
          duplicatesDropped: known?.duplicates ?? 0,
          gaps: known?.gaps ?? 0,
          recovered: known?.recovered ?? 0,
          cacheBytes: known?.cacheBytes ?? 0,
          lastMessageAt: known?.lastMessageAt || null,
        },
      ];
    }),
  );
}

/** Percentiles by nearest rank: each is a round trip that was measured. */
export function roundTripStats(model: ReadModel): RoundTripStats {
  const recentMs = model.figures()?.roundTripsMs ?? [];
  const sorted = [...recentMs].sort((a, b) => a - b);
  const percentile = (part: number): number | null =>
    sorted[Math.ceil(part * sorted.length) - 1] ?? null;
  return {
    samples: recentMs.length,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    recentMs,
  };
}

export function trafficStats(model: ReadModel): TrafficStats {
  const bytesReceived = model.counter('bytesReceived');
  const bytesSent = model.counter('bytesSent');
  return {
    received: {
      messages: model.counter('messagesReceived'),
      bytes: bytesReceived,
      wireBytes:
        bytesReceived -
        model.counter('deflatedTextBytesReceived') +
        model.counter('deflatedBytesReceived'),
    },
    sent: {
      messages: model.counter('messagesSent'),
      bytes: bytesSent,
      wireBytes:
        bytesSent - model.counter('deflatedTextBytesSent') + model.counter('deflatedBytesSent'),
    },
    conflated: model.counter('recordsConflated'),
    dropped: model.counter('eventsDropped'),
  };
}

export function memoryStats(model: ReadModel): MemoryStats {
  return {
    engineBytes: model.figures()?.hostBytes ?? null,
    cacheBytes: model.counter('cacheBytes'),
    outboxBytes: model.counter('outboxBytes'),
    pageBytes: model.heldBytes,
  };
}
