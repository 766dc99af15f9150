import { EntryKind, EntryWord } from '../engine/abi.js';
import { errorName } from '../engine/error-codes.js';
import { EngineError } from '../engine/engine-error.js';
import type { EventKind } from '../engine/abi.js';
import type { Bundle } from '../engine/bundle-reader.js';
import type { ConnectionSnapshot, EngineEvents } from '../engine/client.js';
import type { ListenerErrorHandler } from './watchers.js';

/** Takes what a bundle says happened, in order. `commandResult` has no error when the command is done. */
export interface HappeningSink extends EngineEvents {
  commandResult(command: number, error: EngineError | null): void;
  /** The figures that somebody asked for are in the read model. */
  figures(): void;
}

export interface HappeningContext {
  topicName(handle: number): string;
  /** The bundle's connection entries, parsed, in order. */
  readonly connectionChanges: readonly ConnectionSnapshot[];
  readonly onListenerError: ListenerErrorHandler;
}

/** Tells `sink` what happened. What one call throws keeps nobody from the rest. */
export function tellHappenings(
  bundle: Bundle,
  context: HappeningContext,
  sink: HappeningSink,
): void {
  let connectionChange = 0;
  for (let index = 0; index < bundle.entryCount; ++index) {
    const entry = bundle.entryAt(index);
    const kind = bundle.field(entry, EntryWord.kind);
    if (kind < EntryKind.connection || kind === EntryKind.figures) continue;
    try {
      if (kind === EntryKind.connection) {
        const change = context.connectionChanges[connectionChange++];
        if (change !== undefined) sink.connection(change);
      } else {
        tell(bundle, entry, kind, context, sink);
      }
    } catch (error) {
      context.onListenerError(error);
    }
  }
}

function tell(
  bundle: Bundle,
  entry: number,
  kind: number,
  context: HappeningContext,
  sink: HappeningSink,
): void {
  const key = bundle.field(entry, EntryWord.key);
  switch (kind) {
    case EntryKind.event:
      sink.event(
        key as EventKind,
        context.topicName(bundle.field(entry, EntryWord.a)),
        parsedOnce(bundle, entry),
      );
      return;
    case EntryKind.delivery:
      sink.delivery(key, JSON.parse(bundle.text(entry)));
      return;
    case EntryKind.commandResult:
      sink.commandResult(key, commandError(bundle, entry));
      return;
    case EntryKind.error:
      sink.error(JSON.parse(bundle.text(entry)) as Parameters<EngineEvents['error']>[0]);
      return;
    case EntryKind.tokenWanted:
      sink.tokenWanted(key);
      return;
  }
}

/** A payload that is parsed when the first listener asks, and once for all of them. */
function parsedOnce(bundle: Bundle, entry: number): () => unknown {
  let parsed: { readonly value: unknown } | undefined;
  return () => (parsed ??= { value: JSON.parse(bundle.text(entry)) as unknown }).value;
}

function commandError(bundle: Bundle, entry: number): EngineError | null {
  const code = bundle.field(entry, EntryWord.a);
  if (code === 0) return null;
  const name = errorName(code);
  const text = bundle.field(entry, EntryWord.textLength) > 0 ? bundle.text(entry) : '{}';
  const { error } = JSON.parse(text) as { error?: unknown };
  return new EngineError(name, typeof error === 'string' ? error : `The command failed: ${name}.`);
}
