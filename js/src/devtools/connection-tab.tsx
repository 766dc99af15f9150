import type { ReactNode } from 'react';

import type { ConnectionChange, RealTimeStats } from '../types.js';
import { Figures } from './figures.js';
import { TimelineChart } from './timeline-chart.js';
import { bytesText, countText, durationText, timeText } from './words.js';

export interface ConnectionTabProps {
  readonly stats: RealTimeStats;
  /** When that was, in milliseconds since the Unix epoch. */
  readonly atMs: number;
}

/** How the connection is and was. */
export function ConnectionTab({ stats, atMs }: ConnectionTabProps): ReactNode {
  const { roundTrip, traffic, memory, streams, sending, compression, timeline } = stats;
  return (
    <>
      <h3>The last five minutes</h3>
      <TimelineChart changes={timeline} nowMs={atMs} />
      <ol className="civic-devtools-changes" reversed>
        {timeline
          .slice(-12)
          .reverse()
          .map((change, index) => (
            <li key={index}>
              <time dateTime={new Date(change.at).toISOString()}>{timeText(change.at)}</time>
              <strong data-state={change.state}>{change.state}</strong>
              <span>{reasonOf(change)}</span>
            </li>
          ))}
        {timeline.length === 0 && <li>Nothing has happened yet.</li>}
      </ol>
      <h3>Figures</h3>
      <Figures
        of={[
          ['Round trip, median', durationText(roundTrip.p50Ms)],
          ['Round trip, 99 of 100', durationText(roundTrip.p99Ms)],
          ['Received', sizeText(traffic.received)],
          ['Sent', sizeText(traffic.sent)],
          [
            'Compression',
            compression.reason === undefined
              ? compression.state
              : `${compression.state}: ${compression.reason}`,
          ],
          [
            'Messages missing',
            `${countText(streams.gaps)} times, ${countText(streams.recovered)} recovered`,
          ],
          ['Duplicates dropped', countText(streams.duplicatesDropped)],
          [
            'Waiting to be sent',
            `${countText(sending.outbox.messages)}, ${bytesText(sending.outbox.bytes)}`,
          ],
          ['Engine memory', memory.engineBytes === null ? '–' : bytesText(memory.engineBytes)],
          ['of it readable state', bytesText(memory.cacheBytes)],
          ['Page memory', bytesText(memory.pageBytes)],
        ]}
      />
    </>
  );
}

/** Why it changed, and how it is. */
function reasonOf(change: ConnectionChange): string {
  const { code, reason, retryInMs, error, attempt, dialect, quality } = change;
  return [
    error?.message ?? reason,
    code === undefined ? undefined : `close code ${code}`,
    retryInMs === undefined ? undefined : `attempt ${attempt} in ${durationText(retryInMs)}`,
    dialect === undefined ? undefined : `dialect ${dialect}`,
    quality === 'disconnected' ? undefined : `quality ${quality}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

function sizeText({
  messages,
  bytes,
}: {
  readonly messages: number;
  readonly bytes: number;
}): string {
  return `${countText(messages)}, ${bytesText(bytes)}`;
}
