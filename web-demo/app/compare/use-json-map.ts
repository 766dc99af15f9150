import { useEffect, useState } from 'react';

import { currentVisitor } from '../visitor/visitor';
import { JsonMap } from './json-map';

export interface JsonMapReading {
  readonly map: JsonMap | null;
  readonly isOver: boolean;
}

/** A `JsonMap` for as long as the component is there. Renders once in a frame in which something came. */
export function useJsonMap(billIds: readonly number[]): JsonMapReading {
  const [reading, setReading] = useState<JsonMapReading>({ map: null, isOver: false });
  useEffect(() => {
    let frame: number | null = null;
    const map = new JsonMap(
      currentVisitor().token,
      billIds,
      () => {
        frame ??= requestAnimationFrame(() => {
          frame = null;
          // Another object with the same map: what it holds is what has changed.
          setReading({ map, isOver: false });
        });
      },
      () => {
        setReading({ map, isOver: true });
      },
    );
    return () => {
      map.close();
      if (frame !== null) cancelAnimationFrame(frame);
    };
  }, [billIds]);
  return reading;
}
