import { BenchServers } from './bench-servers.js';
import { BenchSite } from './bench-site.js';
import { Chromium } from './devtools.js';
import { measurements } from './measurements.js';
import { subjects } from './subjects.js';
import { Visit } from './visit.js';
import { writeFileSync } from 'node:fs';
export async function profile(subjectName: string, measurement: string, out: string, traced = false) {
  const site = await BenchSite.serve();
  const servers = await BenchServers.start(new URL(site.url).origin);
  const chromium = await Chromium.launch();
  try {
    const m = measurements('quick', 4).find(({ name }) => name === measurement)!;
    const s = subjects.find(({ name }) => name === subjectName)!;
    const visit = await Visit.begin({ chromium, servers, site }, s, m.workload);
    await visit.measure(async (v) => {
      await v.publish(m.workload.warmUp);
      const send = (method: string, params?: any) => (v.page as any).send(method, params);
      let workerSession = '';
      if ((out as string).includes('worker')) {
        const original = (chromium as any).receive.bind(chromium);
        (chromium as any).receive = (m: any) => { if (m.method === 'Target.attachedToTarget') workerSession = m.params.sessionId; original(m); };
        await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
        while (workerSession === '') await new Promise((r) => setTimeout(r, 50));
        const ws = (method: string, params?: any) => chromium.send(method, params, workerSession);
        await ws('Profiler.enable'); await ws('Profiler.setSamplingInterval', { interval: 50 }); await ws('Profiler.start');
        await v.publish(m.workload.messages);
        writeFileSync(out, JSON.stringify(((await ws('Profiler.stop')) as any).profile));
        return;
      }
      if (traced) {
        await chromium.startTracing(['disabled-by-default-v8.gc']);
      } else {
        await send('Profiler.enable'); await send('Profiler.setSamplingInterval', { interval: 50 });
        await send('Profiler.start');
      }
      await v.publish(m.workload.messages);
      if (traced) writeFileSync(out, JSON.stringify(await chromium.stopTracing()));
      else writeFileSync(out, JSON.stringify(((await send('Profiler.stop')) as any).profile));
    });
  } finally { await chromium.close(); servers.stop(); await site.stop(); }
}
