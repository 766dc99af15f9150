'use client';

import { useEffect, useState } from 'react';

import type { RealTimeService } from '../services/realtime-service.js';
import type { Follow } from './follow.js';
import { Watchlist } from './watchlist.js';

/** The component's watchlist, held at `service` while the component is mounted. It never changes, nor may `follow`. */
export function useWatchlist(service: RealTimeService, follow: Follow): Watchlist {
  const [watchlist] = useState(() => new Watchlist(follow));
  useEffect(() => watchlist.attach(service), [service, watchlist]);
  return watchlist;
}
