import type { ReadModel } from '../engine/client.js';
import type { SendingStats, StreamStats } from '../types.js';

type Counters = Pick<ReadModel, 'counter'>;

export function streamStats(model: Counters): StreamStats {
  return {
    gaps: model.counter('gaps'),
    recovered: model.counter('gapsRecovered'),
    duplicatesDropped: model.counter('duplicatesDropped'),
    resumed: model.counter('streamsResumed'),
    resyncs: model.counter('resyncs'),
  };
}

export function sendingStats(model: Counters): SendingStats {
  return {
    acknowledged: model.counter('messagesAcknowledged'),
    resent: model.counter('messagesResent'),
    outbox: { messages: model.counter('outboxMessages'), bytes: model.counter('outboxBytes') },
    backlogBytes: model.counter('backlogBytes'),
  };
}
