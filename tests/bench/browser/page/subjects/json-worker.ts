import { Rings } from '../bill-rings.js';
import type { StartSubject, TellingSubject, Update } from '../subject.js';
import type { FromWorker, ToWorker } from '../json-worker.js';

/** `json-map` in a worker of its own, which posts what is new once per frame: the page only keeps it. */
export const start: StartSubject<TellingSubject> = ({ connected, ...options }) => {
  const worker = new Worker(new URL('../json-worker.ts', import.meta.url), { type: 'module' });
  const rings = new Rings<Update>();
  let changed = () => {};
  let received = 0;
  const subject: TellingSubject = {
    received: () => received,
    updates: (bill) => rings.of(bill),
    onChange: (listener) => {
      changed = listener;
    },
  };
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(`The worker broke down: ${message}`));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data === 'connected') {
        connected();
      } else if (data === 'subscribed') {
        resolve(subject);
      } else {
        received = data.received;
        for (const [bill, updates] of data.updates) {
          for (const update of updates) rings.add(bill, update);
        }
        changed();
      }
    };
    worker.postMessage(options satisfies ToWorker);
  });
};
