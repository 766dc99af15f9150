import type { StartSubject } from '../subject.js';

export const start: StartSubject = ({ connected }) => {
  connected();
  return Promise.resolve({ received: () => 0, updates: () => [] });
};
