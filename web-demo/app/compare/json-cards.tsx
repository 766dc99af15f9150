import { useEffect, useMemo } from 'react';

import type { CardsProps } from './cards';
import { ComparisonCard } from './comparison-card';
import { useJsonMap } from './use-json-map';

/** The cards, fed by a WebSocket and `JSON.parse` on the page. */
export function JsonCards({ shown, followed, onCounter }: CardsProps) {
  const { map, isOver } = useJsonMap(useMemo(() => followed.map(({ id }) => id), [followed]));
  useEffect(() => {
    onCounter(() => map?.received ?? 0);
  }, [map, onCounter]);
  return (
    <>
      {isOver && (
        <li role="status">
          The connection is over, and this receiver does not make another: choose it again.
        </li>
      )}
      {shown.map((bill) => (
        <ComparisonCard key={bill.id} bill={bill} updates={map?.updates(bill.id) ?? none} />
      ))}
    </>
  );
}

const none: readonly never[] = [];
