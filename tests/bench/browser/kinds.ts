import type { Run } from './figures.js';
import { measureFrames } from './kinds/frames.js';
import { measureGarbageCollection } from './kinds/gc.js';
import { measureHeap } from './kinds/heap.js';
import { measureLatency } from './kinds/latency.js';
import { measureLoad } from './kinds/load.js';
import { measureRenders } from './kinds/renders.js';
import { measureStartup } from './kinds/startup.js';
import type { MeasurementKind, Workload } from './measurements.js';
import type { SubjectEntry } from './subjects.js';
import type { Place } from './visit.js';

export const kinds: Readonly<
  Record<MeasurementKind, (place: Place, subject: SubjectEntry, workload: Workload) => Promise<Run>>
> = {
  load: measureLoad,
  frames: measureFrames,
  latency: measureLatency,
  renders: measureRenders,
  startup: measureStartup,
  heap: measureHeap,
  gc: measureGarbageCollection,
};
