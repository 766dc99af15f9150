'use client';

import { createContext, useContext, type ReactNode } from 'react';

import { realTimeService, type RealTimeService } from '../services/realtime-service.js';

const RealTimeContext = createContext<RealTimeService | null>(null);

export interface RealTimeProviderProps {
  /** The service the hooks below use. */
  readonly service: RealTimeService;
  readonly children?: ReactNode;
}

/** Gives the hooks below another service than the page's one; for tests, and for several connections. */
export function RealTimeProvider({ service, children }: RealTimeProviderProps): ReactNode {
  // React 18 knows a context's Provider only.
  return <RealTimeContext.Provider value={service}>{children}</RealTimeContext.Provider>;
}

/** The provider's service, or the page's one. */
export function useRealTimeService(): RealTimeService {
  return useContext(RealTimeContext) ?? realTimeService;
}
