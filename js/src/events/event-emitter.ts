import { DeliveryQueue, reportUncaught } from './delivery-queue.js';

/** The arguments of every event's listeners. */
export type EventArguments<Events> = { [Name in keyof Events]: unknown[] };

export interface EventEmitterOptions<Events> {
  /** Told what a listener threw; without it that is reported like any uncaught exception. */
  readonly onError?: (error: unknown, event: keyof Events) => void;
  /** Told whenever the number of an event's listeners changes. */
  readonly onListenerCount?: (event: keyof Events, count: number) => void;
  /** Shares its order with everything else that is delivered through the queue. */
  readonly queue?: DeliveryQueue;
}

interface Registration {
  readonly listener: unknown;
  readonly once: boolean;
  active: boolean;
}

/**
 * Delivers events in a microtask, in the order in which they were emitted, to the listeners that were there when the
 * event was emitted and have not left since. What one listener throws neither stops the others nor disappears.
 */
export class EventEmitter<Events extends EventArguments<Events> = Record<string, unknown[]>> {
  /** The lists are never changed but replaced, so that an event under way keeps the one it was emitted with. */
  private readonly registrations = new Map<keyof Events, readonly Registration[]>();
  private readonly onError: (error: unknown, event: keyof Events) => void;
  private readonly onListenerCount: EventEmitterOptions<Events>['onListenerCount'];
  private readonly queue: DeliveryQueue;

  constructor(options: EventEmitterOptions<Events> = {}) {
    this.onError = options.onError ?? reportUncaught;
    this.onListenerCount = options.onListenerCount;
    this.queue = options.queue ?? new DeliveryQueue();
  }

  /** Returns the function that takes this listener away again; calling it twice does no harm. */
  on<Name extends keyof Events>(
    event: Name,
    listener: (...args: Events[Name]) => void,
  ): () => void {
    return this.add(event, listener, false);
  }

  /** As `on`, for the next event only. */
  once<Name extends keyof Events>(
    event: Name,
    listener: (...args: Events[Name]) => void,
  ): () => void {
    return this.add(event, listener, true);
  }

  /** Takes a listener away; of one that was added several times, the one added last. */
  off<Name extends keyof Events>(event: Name, listener: (...args: Events[Name]) => void): void {
    const registrations = this.registrations.get(event) ?? [];
    const registration = registrations.filter((one) => one.listener === listener).at(-1);
    if (registration !== undefined) this.remove(event, registration);
  }

  /** Returns whether anybody listens. */
  emit<Name extends keyof Events>(event: Name, ...args: Events[Name]): boolean {
    const registrations = this.registrations.get(event);
    if (registrations === undefined) return false;
    const onError = (error: unknown): void => {
      this.onError(error, event);
    };
    for (const registration of registrations) {
      this.queue.push(() => {
        if (!registration.active) return;
        if (registration.once) this.remove(event, registration);
        (registration.listener as (...args: Events[Name]) => void)(...args);
      }, onError);
    }
    return true;
  }

  /** How many listen to `event`, or to anything. */
  listenerCount(event?: keyof Events): number {
    if (event !== undefined) return this.registrations.get(event)?.length ?? 0;
    let count = 0;
    for (const registrations of this.registrations.values()) count += registrations.length;
    return count;
  }

  /** Takes all listeners of `event` away, or all there are. */
  removeAllListeners(event?: keyof Events): void {
    for (const name of event === undefined ? [...this.registrations.keys()] : [event]) {
      for (const registration of this.registrations.get(name) ?? []) registration.active = false;
      this.replace(name, []);
    }
  }

  private add(event: keyof Events, listener: unknown, once: boolean): () => void {
    if (typeof listener !== 'function') {
      throw new TypeError(`The listener of "${String(event)}" must be a function.`);
    }
    const registration: Registration = { listener, once, active: true };
    this.replace(event, [...(this.registrations.get(event) ?? []), registration]);
    return () => {
      this.remove(event, registration);
    };
  }

  private remove(event: keyof Events, registration: Registration): void {
    if (!registration.active) return;
    registration.active = false;
    const others = this.registrations.get(event)?.filter((other) => other !== registration);
    this.replace(event, others ?? []);
  }

  private replace(event: keyof Events, registrations: readonly Registration[]): void {
    const before = this.listenerCount(event);
    if (registrations.length === 0) this.registrations.delete(event);
    else this.registrations.set(event, registrations);
    if (before !== registrations.length) this.onListenerCount?.(event, registrations.length);
  }
}
