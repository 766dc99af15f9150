import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';

import type { RealTimeService } from '../services/realtime-service.js';
import type { LogEntry, MessageLog } from './message-log.js';
import { timeText } from './words.js';

/** More lines than this make a page slow and nobody wiser. */
const mostShown = 200;

export interface MessagesTabProps {
  readonly service: RealTimeService;
  readonly log: MessageLog;
}

/** What the service is told, while this is in sight and not paused. */
export function MessagesTab({ service, log }: MessagesTabProps): ReactNode {
  const [isPaused, setPaused] = useState(false);
  const [search, setSearch] = useState('');
  const [type, setType] = useState('');
  useEffect(() => (isPaused ? undefined : log.follow(service)), [isPaused, log, service]);
  const entries = useSyncExternalStore(log.watch, log.entries, log.entries);
  const types = [...new Set(entries.map(typeOf))].sort();
  const wanted = search.trim().toLowerCase();
  const found = entries.filter(
    (entry) =>
      (type === '' || typeOf(entry) === type) &&
      (wanted === '' || textOf(entry).toLowerCase().includes(wanted)),
  );
  return (
    <>
      <p className="civic-devtools-tools">
        <label>
          Search{' '}
          <input
            type="search"
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
            }}
          />
        </label>
        <label>
          Type{' '}
          <select
            value={type}
            onChange={(event) => {
              setType(event.target.value);
            }}
          >
            <option value="">all</option>
            {types.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={isPaused}
          onClick={() => {
            setPaused(!isPaused);
          }}
        >
          Pause
        </button>
        <button
          type="button"
          onClick={() => {
            log.clear();
          }}
        >
          Clear
        </button>
        <span role="status">
          {found.length === entries.length
            ? `${entries.length} kept`
            : `${found.length} of ${entries.length}`}
        </span>
      </p>
      {entries.length === 0 && (
        <p>
          {isPaused
            ? 'Paused.'
            : 'Messages appear here as they come. What came before is not kept.'}
        </p>
      )}
      <ol className="civic-devtools-log">
        {found.slice(0, mostShown).map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ol>
      {found.length > mostShown && <p>{`${found.length - mostShown} older ones are not shown.`}</p>}
    </>
  );
}

function Line({ entry }: { readonly entry: LogEntry }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <li data-kind={entry.kind}>
      <details
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
        }}
      >
        <summary>
          <time dateTime={new Date(entry.at).toISOString()}>{timeText(entry.at)}</time>
          <strong>{typeOf(entry)}</strong>
          <code>{textOf(entry).slice(0, 160)}</code>
        </summary>
        {isOpen && <pre>{jsonOf(entry.value, 2)}</pre>}
      </details>
    </li>
  );
}

function typeOf({ kind, title }: LogEntry): string {
  return kind === 'message' ? title : `${kind}: ${title}`;
}

const texts = new WeakMap<LogEntry, string>();

/** The entry as JSON, made once, and only of those that are looked at. */
function textOf(entry: LogEntry): string {
  let text = texts.get(entry);
  if (text === undefined) texts.set(entry, (text = jsonOf(entry.value, 0)));
  return text;
}

/** What an application injected need not be JSON, and must not break the page here. */
function jsonOf(value: unknown, indent: number): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    return String(value);
  }
}
