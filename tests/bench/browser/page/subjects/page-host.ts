import { startCivicRealtime } from '../civic-realtime.js';
import type { StartSubject } from '../subject.js';

export const start: StartSubject = (gateway, bills) => startCivicRealtime(gateway, bills, 'page');
