import { maxMessageBytes } from '../config/engine-config.js';
import { EngineError } from '../engine/engine-error.js';
import type { RealTimeMessage } from '../types.js';

/** A message as it goes to the engine. Throws when it is no object with a `type`, or over 1 MiB. */
export function outgoingText(message: RealTimeMessage): string {
  if (typeof (message as Partial<RealTimeMessage> | null)?.type !== 'string') {
    throw new EngineError('invalid-argument', 'A message must be an object with a type.');
  }
  const text = JSON.stringify(message);
  const bytes = byteLength(text);
  if (bytes <= maxMessageBytes) return text;
  throw new EngineError(
    'message-too-large',
    `The message "${message.type}" has ${bytes} bytes; at most ${maxMessageBytes} are allowed.`,
  );
}

/** The size of a text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; ++index) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // A surrogate is half of a character of four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/** The same promise; one that rejects and is ignored troubles nobody. */
export function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
