import { civicRealtimeView } from '../civic-realtime-view.js';

export const start = civicRealtimeView('page');
