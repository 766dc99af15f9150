import type { ReactNode } from 'react';

import type { ConnectionChange, ConnectionState } from '../types.js';
import { durationText } from './words.js';

/** How much of the past is drawn, from its right end. */
const shownMs = 5 * 60_000;
const [width, height] = [1000, 24];

export interface TimelineChartProps {
  /** Oldest first. */
  readonly changes: readonly ConnectionChange[];
  /** The right end, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

/** The states of the last minutes, as a band. What it shows, the list below it says in words. */
export function TimelineChart({ changes, nowMs }: TimelineChartProps): ReactNode {
  const begin = nowMs - shownMs;
  const x = (at: number): number => ((Math.max(at, begin) - begin) / shownMs) * width;
  return (
    <svg
      className="civic-devtools-band"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Connection states of the last ${durationText(shownMs)}`}
    >
      {bandsOf(changes, nowMs)
        .filter(({ to }) => to > begin)
        .map(({ state, from, to }, index) => (
          <rect
            key={index}
            data-state={state}
            x={x(from)}
            y={0}
            width={Math.max(2, x(to) - x(from))}
            height={height}
          />
        ))}
    </svg>
  );
}

interface Band {
  readonly state: ConnectionState;
  readonly from: number;
  readonly to: number;
}

function bandsOf(changes: readonly ConnectionChange[], nowMs: number): Band[] {
  return changes.map(({ state, at }, index) => ({
    state,
    from: at,
    to: changes[index + 1]?.at ?? nowMs,
  }));
}
