import type { StartSubject } from '../subject.js';

export const start: StartSubject = () => Promise.resolve({ received: () => 0, updates: () => [] });
