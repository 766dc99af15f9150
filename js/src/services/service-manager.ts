import type { EngineCommandName, EngineCommands } from '../engine/abi.js';
import type { ReadModel } from '../engine/client.js';
import type { EngineError } from '../engine/engine-error.js';
import type { MessageCallback, RealTimeConfig, RealTimeMessage, SendOptions } from '../types.js';
import { quiet } from '../websocket/outgoing.js';
import type { TopicSubscriber } from './topic-references.js';

/**
 * What a service uses of its manager: a `UnifiedWebSocketManager`, or a test's mock of one, which may be no more than
 * `subscribe` and `unsubscribe`. What is missing is not done; where there is nothing to read, reads are empty.
 */
export interface ServiceManager extends TopicSubscriber<MessageCallback> {
  send?(message: RealTimeMessage, options?: SendOptions): Promise<void>;
  inject?(message: RealTimeMessage): void;
  /** @internal */
  readonly readModel?: ReadModel;
  /** @internal */
  readonly settings?: RealTimeConfig;
  /** @internal Gives the engine a command, and takes over what it changed where that can be had at once. */
  command?<Name extends EngineCommandName>(name: Name, ...args: EngineCommands[Name]): void;
  /** @internal Tells an error by the `error` event. */
  report?(error: EngineError): void;
  /** @internal Milliseconds since the Unix epoch. */
  now?(): number;
  /** @internal The token of the user who is connected; empty as long as there is none. */
  readonly identity?: string;
  /** @internal */
  watchIdentity?(listener: () => void): () => void;
}

/** The time of a message that is sent, as the protocol has it. */
function timestampOf(manager: ServiceManager): string {
  return new Date(manager.now?.() ?? Date.now()).toISOString();
}

/** Sends a message of the protocol. Settles as the manager's `send`, rejects with what `data` throws; may be ignored. */
export function sendMessage(
  manager: ServiceManager,
  type: string,
  data: () => object = () => ({}),
  options?: SendOptions,
): Promise<void> {
  const send = async (): Promise<void> => {
    const message = { type, data: { ...data(), timestamp: timestampOf(manager) } };
    // Tests of services compare the arguments of their mock of `send`.
    await (options === undefined ? manager.send?.(message) : manager.send?.(message, options));
  };
  return quiet(send());
}
