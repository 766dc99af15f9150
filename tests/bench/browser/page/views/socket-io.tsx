import { start as startSubject } from '../subjects/socket-io.js';
import { perFrame } from '../per-frame.js';

export const start = perFrame(startSubject);
