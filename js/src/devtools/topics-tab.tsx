import { useState, type ReactNode } from 'react';

import type { RealTimeStats, TopicStats } from '../types.js';
import { bytesText, countText, durationText, rateText } from './words.js';

interface Row extends TopicStats {
  readonly topic: string;
  /** Messages per second since the last look; null at the first. */
  readonly rate: number | null;
}

interface Column {
  readonly name: string;
  readonly title: string;
  readonly order: (row: Row) => number | string;
  readonly text: (row: Row, atMs: number) => string;
}

const columns: readonly Column[] = [
  { name: 'topic', title: 'Topic', order: (row) => row.topic, text: (row) => row.topic },
  { name: 'rate', title: 'Now', order: (row) => row.rate ?? 0, text: (row) => rateText(row.rate) },
  ...(['messages', 'conflated', 'dropped', 'duplicatesDropped', 'gaps'] as const).map((name) => ({
    name,
    title: {
      messages: 'Messages',
      conflated: 'Conflated',
      dropped: 'Dropped',
      duplicatesDropped: 'Duplicates',
      gaps: 'Gaps',
    }[name],
    order: (row: Row) => row[name],
    text: (row: Row) => countText(row[name]),
  })),
  { name: 'bytes', title: 'Bytes', order: (row) => row.bytes, text: (row) => bytesText(row.bytes) },
  {
    name: 'delivery',
    title: 'Delivery',
    order: (row) => row.delivery,
    text: (row) => row.delivery,
  },
  {
    name: 'last',
    title: 'Last',
    order: (row) => row.lastMessageAt ?? 0,
    text: (row, atMs) =>
      row.lastMessageAt === null
        ? '–'
        : `${durationText(Math.max(0, atMs - row.lastMessageAt))} ago`,
  },
];

export interface TopicsTabProps {
  readonly stats: RealTimeStats;
  /** Those of the look before. */
  readonly before: RealTimeStats | null;
  /** When `stats` were, in milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** What this page is subscribed to, and what comes of it. */
export function TopicsTab({ stats, before, atMs }: TopicsTabProps): ReactNode {
  const [filter, setFilter] = useState('');
  const [sorting, setSorting] = useState({ column: 'messages', isDescending: true });
  const rows = rowsOf(stats, before);
  const wanted = filter.trim().toLowerCase();
  const shown = sorted(
    rows.filter(({ topic }) => topic.toLowerCase().includes(wanted)),
    sorting,
  );
  return (
    <>
      <p className="civic-devtools-tools">
        <label>
          Filter{' '}
          <input
            type="search"
            value={filter}
            onChange={(event) => {
              setFilter(event.target.value);
            }}
          />
        </label>
        <span role="status">
          {shown.length === rows.length
            ? `${rows.length} topics`
            : `${shown.length} of ${rows.length} topics`}
        </span>
      </p>
      <div className="civic-devtools-scroll">
        <table>
          <thead>
            <tr>
              {columns.map(({ name, title }) => (
                <th
                  key={name}
                  scope="col"
                  aria-sort={
                    sorting.column === name
                      ? sorting.isDescending
                        ? 'descending'
                        : 'ascending'
                      : undefined
                  }
                >
                  <button
                    type="button"
                    onClick={() => {
                      setSorting(({ column, isDescending }) => ({
                        column: name,
                        isDescending: column === name ? !isDescending : name !== 'topic',
                      }));
                    }}
                  >
                    {title}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.topic} data-topic={row.topic}>
                {columns.map(({ name, text }) =>
                  name === 'topic' ? (
                    <th key={name} scope="row">
                      {text(row, atMs)}
                    </th>
                  ) : (
                    <td key={name} data-column={name}>
                      {text(row, atMs)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function rowsOf({ topics, countedAt }: RealTimeStats, before: RealTimeStats | null): Row[] {
  const seconds =
    before?.countedAt == null || countedAt === null ? 0 : (countedAt - before.countedAt) / 1000;
  return Object.entries(topics).map(([topic, stats]) => {
    const earlier = before?.topics[topic];
    const rate =
      earlier === undefined || seconds <= 0 ? null : (stats.messages - earlier.messages) / seconds;
    return { ...stats, topic, rate: rate === null ? null : Math.max(0, rate) };
  });
}

function sorted(
  rows: readonly Row[],
  { column, isDescending }: { column: string; isDescending: boolean },
): Row[] {
  const { order } = columns.find(({ name }) => name === column) as Column;
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [order(one), order(other)];
    const difference =
      typeof a === 'string'
        ? a.localeCompare(String(b), 'en', { numeric: true })
        : a - (b as number);
    return sign * difference || one.topic.localeCompare(other.topic, 'en', { numeric: true });
  });
}
