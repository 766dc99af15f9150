'use client';

export { RealTimeDevtools, type RealTimeDevtoolsProps } from './devtools/devtools.js';
