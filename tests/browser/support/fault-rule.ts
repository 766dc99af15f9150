/** What a `FaultProxy` does to which frames, as data. */

import { inflateRawSync } from 'node:zlib';

import type { Frame } from './frame-splitter.js';

export type Direction = 'to page' | 'to gateway';

/** Which frames; every condition that is given must hold. */
export interface FaultCondition {
  readonly direction: Direction;
  /** The `type` of the JSON message in the frame. */
  readonly type?: string;
  /** Found in the text of the frame. */
  readonly match?: RegExp;
  /** The first of the matching frames that is meant; 1 unless said otherwise. */
  readonly nth?: number;
  /** How many from then on; 1 unless said otherwise. */
  readonly times?: number;
  /** Only frames that come so long after the rule was given. */
  readonly afterMs?: number;
}

export type FaultAction =
  | { readonly do: 'drop' }
  /** The frame crosses twice, one right behind the other. */
  | { readonly do: 'duplicate' }
  /** The frame crosses so long after it came; what is behind it stays behind it. */
  | { readonly do: 'delay'; readonly ms: number }
  /** From this frame on nothing is read in this direction for so long, so that the sender feels it, too. */
  | { readonly do: 'stall'; readonly ms: number }
  /** Half of the frame crosses, then the connection is gone, on both sides. */
  | { readonly do: 'cut mid-frame' }
  /** From this frame on nothing crosses in either direction, and neither side is told. */
  | { readonly do: 'half-open' }
  /** Instead of the frame the page gets a close frame; the gateway's side is gone. */
  | { readonly do: 'close'; readonly code: number; readonly reason?: string };

export interface FaultRule {
  readonly when: FaultCondition;
  readonly then: FaultAction;
}

const textFrame = 1;
const binaryFrame = 2;
const deflated = 1;

/** What a frame says: JSON, also deflated as dialect v2 does it. Null for control frames and parts of messages. */
export function textOf({ isFinal, opcode, payload }: Frame): string | null {
  if (!isFinal) return null;
  if (opcode === textFrame) return payload.toString();
  if (opcode !== binaryFrame) return null;
  return (payload[0] === deflated ? inflateRawSync(payload.subarray(1)) : payload).toString();
}

export function typeOf(text: string | null): string | undefined {
  if (text === null) return undefined;
  try {
    const { type } = JSON.parse(text) as { type?: unknown };
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined;
  }
}

export interface SeenFrame {
  readonly direction: Direction;
  readonly text: string | null;
  readonly type: string | undefined;
  readonly atMs: number;
}

/** A rule that was given to a proxy. */
export class Fault {
  private matched = 0;
  /** To how many frames it was done. */
  applied = 0;

  constructor(
    readonly rule: FaultRule,
    private readonly givenAtMs: number,
  ) {}

  /** True when it is to be done to this frame, which counts. */
  claims(frame: SeenFrame): boolean {
    const { nth = 1, times = 1 } = this.rule.when;
    if (!this.matches(frame)) return false;
    this.matched += 1;
    if (this.matched < nth || this.matched >= nth + times) return false;
    this.applied += 1;
    return true;
  }

  /** True when it can do nothing more. */
  get isSpent(): boolean {
    return this.applied >= (this.rule.when.times ?? 1);
  }

  private matches({ direction, text, type, atMs }: SeenFrame): boolean {
    const { when } = this.rule;
    if (direction !== when.direction) return false;
    if (when.type !== undefined && type !== when.type) return false;
    if (when.match !== undefined && (text === null || !when.match.test(text))) return false;
    return atMs >= this.givenAtMs + (when.afterMs ?? 0);
  }
}

export function describeAction(action: FaultAction): string {
  switch (action.do) {
    case 'delay':
    case 'stall':
      return `${action.do} ${String(action.ms)} ms`;
    case 'close':
      return `close ${String(action.code)}`;
    default:
      return action.do;
  }
}
