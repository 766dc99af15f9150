import { start as startSubject } from '../subjects/json-worker.js';
import { perFrame } from '../per-frame.js';

export const start = perFrame(startSubject);
