import { startCivicRealtime } from '../civic-realtime.js';
import type { StartSubject } from '../subject.js';

export const start: StartSubject = (options) => startCivicRealtime(options, 'worker');
