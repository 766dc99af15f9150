import { start as startSubject } from '../subjects/centrifuge.js';
import { perFrame } from '../per-frame.js';

export const start = perFrame(startSubject);
