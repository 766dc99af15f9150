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
import { Visit, type Place } from './visit.js';

type Kind = (place: Place, subject: SubjectEntry, workload: Workload) => Promise<Run>;

/** Most kinds are about one subject on a page of its own. */
function onOneVisit(
  measure: (visit: Visit, workload: Workload, place: Place) => Promise<Run>,
): Kind {
  return async (place, subject, workload) => {
    const begun = await Visit.begin(place, subject, workload);
    return begun.measure((visit) => measure(visit, workload, place));
  };
}

export const kinds: Readonly<Record<MeasurementKind, Kind>> = {
  load: onOneVisit(measureLoad),
  frames: onOneVisit(measureFrames),
  latency: onOneVisit(measureLatency),
  renders: onOneVisit(measureRenders),
  startup: measureStartup,
  heap: onOneVisit(measureHeap),
  gc: onOneVisit(measureGarbageCollection),
};
