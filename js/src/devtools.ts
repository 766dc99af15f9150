'use client';

import { RealTimeDevtools as Devtools, type RealTimeDevtoolsProps } from './devtools/devtools.js';

export type { RealTimeDevtoolsProps };

/** Bundlers put a text in its place, as they have to for React. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * The panel of `civic-realtime/devtools/production` in development. In production it renders nothing, and bundlers leave
 * its code out.
 */
export const RealTimeDevtools: typeof Devtools =
  process.env.NODE_ENV === 'production' ? () => null : Devtools;
