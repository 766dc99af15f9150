import { EventKind } from '../engine/abi.js';
import type { WebSocketEvents } from '../types.js';

/** The events that come from the engine as events; the others follow from its connection and its errors. */
export type EngineEventName = keyof typeof EventKind & keyof WebSocketEvents;

const names = new Map<EventKind, EngineEventName>();
for (const [name, kind] of Object.entries(EventKind)) names.set(kind, name as EngineEventName);

export function eventName(kind: EventKind): EngineEventName | undefined {
  return names.get(kind);
}

/** The bit of the engine's `listen` mask; 0 for events that need no asking. */
export function eventBit(event: keyof WebSocketEvents): number {
  return event in EventKind ? 1 << EventKind[event as EngineEventName] : 0;
}
