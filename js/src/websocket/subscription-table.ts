import type { EngineClient } from '../engine/client.js';
import { EngineError } from '../engine/engine-error.js';
import type { MessageCallback, RealTimeMessage, SubscriptionOptions } from '../types.js';
import { isStateReader } from './reads-state.js';

interface Subscription {
  readonly id: string;
  /** The engine's name for it; chosen here, never used again. */
  readonly handle: number;
  readonly topic: string;
  /** As JSON. */
  readonly options: string;
  readonly callback: MessageCallback;
  /** Those of the same kind are interchangeable; subscriptions with deliveries are not, and have none. */
  readonly kind: string | null;
}

/**
 * The subscriptions of one page. A state reader that comes back in the same task, as React's StrictMode makes every
 * component do, takes up the subscription it just left, and the engine is told nothing.
 */
export class SubscriptionTable {
  private readonly byId = new Map<string, Subscription>();
  private readonly byHandle = new Map<number, Subscription>();
  private readonly held = new Map<string, number>();
  private readonly leaving = new Map<string, number[]>();
  private lastHandle = 0;
  private lastId = 0;
  private flushing = false;

  constructor(private readonly engine: Pick<EngineClient, 'command'>) {}

  get size(): number {
    return this.byId.size;
  }

  add(topic: string, callback: MessageCallback, options: SubscriptionOptions): string {
    const deliver = !isStateReader(callback);
    const json = optionsJson(topic, callback, options, deliver);
    const kind = deliver ? null : `${topic}\n${json}`;
    const returning = kind === null ? undefined : this.leaving.get(kind)?.pop();
    const handle = returning ?? ++this.lastHandle;
    const id = `sub_${++this.lastId}`;
    const subscription = { id, handle, topic, options: json, callback, kind };
    this.byId.set(id, subscription);
    this.byHandle.set(handle, subscription);
    if (returning === undefined) this.engine.command('subscribe', handle, topic, json);
    return id;
  }

  /** Returns whether there was such a subscription. */
  remove(id: string): boolean {
    const subscription = this.byId.get(id);
    if (subscription === undefined) return false;
    const { handle, kind } = subscription;
    this.byId.delete(id);
    this.byHandle.delete(handle);
    if (kind === null) this.engine.command('unsubscribe', handle);
    else this.leave(kind, handle);
    return true;
  }

  /** Holds a topic for the package itself, once; it counts as nobody's subscription. */
  hold(topic: string): void {
    if (this.held.has(topic)) return;
    const handle = ++this.lastHandle;
    this.held.set(topic, handle);
    this.engine.command('subscribe', handle, topic, stateOnly);
  }

  release(topic: string): void {
    const handle = this.held.get(topic);
    if (handle === undefined) return;
    this.held.delete(topic);
    this.engine.command('unsubscribe', handle);
  }

  callbackOf(handle: number): ((message: RealTimeMessage) => void) | undefined {
    return this.byHandle.get(handle)?.callback;
  }

  /** Tells an engine that knows of nothing. */
  resend(): void {
    this.leaving.clear();
    for (const { handle, topic, options } of this.byHandle.values()) {
      this.engine.command('subscribe', handle, topic, options);
    }
    for (const [topic, handle] of this.held) {
      this.engine.command('subscribe', handle, topic, stateOnly);
    }
  }

  clear(): void {
    this.tellLeft();
    for (const handle of this.byHandle.keys()) this.engine.command('unsubscribe', handle);
    this.byId.clear();
    this.byHandle.clear();
  }

  private leave(kind: string, handle: number): void {
    const handles = this.leaving.get(kind);
    if (handles === undefined) this.leaving.set(kind, [handle]);
    else handles.push(handle);
    if (this.flushing) return;
    this.flushing = true;
    queueMicrotask(() => {
      this.flushing = false;
      this.tellLeft();
    });
  }

  private tellLeft(): void {
    for (const handles of this.leaving.values()) {
      for (const handle of handles) this.engine.command('unsubscribe', handle);
    }
    this.leaving.clear();
  }
}

/** Options of a subscription whose owner reads state. */
const stateOnly = JSON.stringify({ deliver: false });

const priorities = ['high', 'medium', 'low'];

function optionsJson(
  topic: unknown,
  callback: unknown,
  { filters, priority }: SubscriptionOptions,
  deliver: boolean,
): string {
  if (typeof topic !== 'string' || topic === '')
    throw invalid('The topic must be a string with text.');
  if (typeof callback !== 'function') throw invalid('The callback must be a function.');
  if (priority !== undefined && !priorities.includes(priority)) {
    throw invalid(`The priority must be one of ${priorities.join(', ')}.`);
  }
  for (const [field, value] of Object.entries(filters ?? {})) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.every(isFilterValue)) continue;
    throw invalid(
      `The filter "${field}" must be a string, number, boolean or null, or a list of them.`,
    );
  }
  return JSON.stringify({ filters, priority, deliver: deliver ? undefined : false });
}

function isFilterValue(value: unknown): boolean {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

function invalid(message: string): EngineError {
  return new EngineError('invalid-argument', message);
}
