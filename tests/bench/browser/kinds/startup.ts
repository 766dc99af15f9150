import { BenchSite } from '../bench-site.js';
import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import { subjects, type SubjectEntry } from '../subjects.js';
import { Visit, type Place } from '../visit.js';

/** How long a first and a second visit take to be connected, and what the first one loads. */
export async function measureStartup(
  place: Place,
  subject: SubjectEntry,
  workload: Workload,
): Promise<Run> {
  const empty = subjects.find(({ name }) => name === 'idle') as SubjectEntry;
  const page = await loaded(place, empty, workload);
  const context = await place.chromium.newContext();
  try {
    const first = await loaded(place, subject, workload, context);
    const second = await loaded(place, subject, workload, context);
    const own = (paths: readonly string[]) => paths.filter((path) => !page.asked.includes(path));
    const before = first.asked.filter((path) => first.before.includes(path));
    return {
      cold: first.connectMs,
      warm: second.connectMs,
      bytesBefore: BenchSite.gzipBytes(own(before)) / 1000,
      bytes: BenchSite.gzipBytes(own(first.asked)) / 1000,
    };
  } finally {
    await place.chromium.closeContext(context);
  }
}

async function loaded(place: Place, subject: SubjectEntry, workload: Workload, context?: string) {
  place.site.takeAsked();
  const visit = await Visit.begin(place, subject, workload, context);
  await visit.measure(() => Promise.resolve());
  const { connectMs, loadedBefore } = visit.ready;
  return {
    connectMs,
    before: loadedBefore.map((address) => new URL(address).pathname),
    asked: place.site.takeAsked(),
  };
}
