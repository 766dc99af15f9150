'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';

import type { RealTimeService } from '../services/realtime-service.js';
import { TrackedView, withActions, type PartMakers } from './tracked-view.js';

/**
 * A component's state of a service, with its actions. `makers` and `actions` must keep their identity; `empty` is the
 * state on a server, and while a page that came from one is taken over.
 */
export function useTrackedView<State extends object, Actions extends object>(
  service: RealTimeService,
  makers: PartMakers<State>,
  empty: State,
  actions: Actions,
): State & Actions {
  const view = useMemo(
    () => new TrackedView(makers, (listener) => service.onReset(listener)),
    [service, makers],
  );
  const state = useSyncExternalStore(view.subscribe, view.getSnapshot, () => empty);
  useEffect(() => {
    view.settle();
  });
  return useMemo(() => withActions(state, actions), [state, actions]);
}
