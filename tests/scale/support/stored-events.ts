/** What is in the stream, read without any gateway. */

import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { LoggedEvent } from '../../../web-demo/gateway/logging/event-log.js';
import type { NatsServer } from './nats-server.js';

/** @param epoch Which pages were told. */
export async function storedBillEvents(nats: NatsServer, epoch: string): Promise<LoggedEvent[]> {
  const connection = await connect({ servers: nats.url.slice('nats://'.length) });
  try {
    const { streams } = await jetstreamManager(connection);
    const { state } = await streams.info('CIVIC');
    const events: LoggedEvent[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const stored = await streams.getMessage('CIVIC', { seq });
      if (stored === null) continue;
      const [, kind, id] = stored.subject.split('.');
      events.push({ topic: `${kind}:${id}`, epoch, seq, message: stored.json() });
    }
    return events;
  } finally {
    await connection.close();
  }
}
