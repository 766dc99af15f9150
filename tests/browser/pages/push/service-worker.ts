import { registerPush } from 'civic-realtime/push-worker';

registerPush();
