import type { ConnectionSnapshot } from '../engine/client.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type { ReadTracker } from './read-tracker.js';

/** A part that is read out of the connection; `name` tells apart what is read out of it. */
export function connectionPart<Value>(
  service: RealTimeService,
  name: string,
  read: (connection: ConnectionSnapshot) => Value,
): (tracker: ReadTracker) => () => Value {
  const value = (): Value => read(service.manager.connectionSnapshot);
  const readable = {
    version: value,
    watch: (listener: () => void) => service.manager.watchConnection(listener),
  };
  return (tracker) => () => {
    tracker.note(`connection ${name}`, () => readable);
    return value();
  };
}

export function connectedPart(service: RealTimeService): (tracker: ReadTracker) => () => boolean {
  return connectionPart(service, 'isConnected', ({ state }) => state === 'connected');
}
