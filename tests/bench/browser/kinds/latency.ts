import type { Run } from '../figures.js';
import type { Workload } from '../measurements.js';
import { percentile } from '../statistics.js';
import type { Visit } from '../visit.js';

/** Milliseconds from an update's publishing to its being in the document. */
export async function measureLatency(visit: Visit, workload: Workload): Promise<Run> {
  await visit.publish(workload.warmUp);
  await visit.page.evaluate('window.bench.latencies()');
  await visit.publish(workload.messages);
  const latencies = (await visit.page.evaluate('window.bench.latencies()')) as number[];
  if (latencies.length === 0) throw new Error(`${visit.subject.name} showed nothing.`);
  return {
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    p99: percentile(latencies, 99),
  };
}
