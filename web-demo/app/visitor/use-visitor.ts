import { useSyncExternalStore } from 'react';

import { currentVisitor, watchVisitor, type Visitor } from './visitor';

/** Who sits before this tab; changes with the name. */
export function useVisitor(): Visitor {
  return useSyncExternalStore(watchVisitor, currentVisitor);
}
