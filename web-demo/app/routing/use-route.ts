import { useMemo, useSyncExternalStore } from 'react';

import { parseRoute, type Route } from './route';

/** Where the visitor is; changes with the address. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(watchAddress, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

function watchAddress(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
  };
}
