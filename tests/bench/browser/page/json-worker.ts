import { eachUpdate, updateOf } from './bill-rings.js';
import type { StartOptions, Update } from './subject.js';
import { subscribedSocket } from './subscribed-socket.js';

export type ToWorker = Omit<StartOptions, 'connected'>;

export type FromWorker =
  | 'connected'
  | 'subscribed'
  /** By bill its newest updates, 50 at most, that were not posted before. */
  | { readonly received: number; readonly updates: ReadonlyMap<number, readonly Update[]> };

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};
const kept = 50;

scope.onmessage = ({ data }) => void run(data);

async function run(options: ToWorker): Promise<void> {
  const socket = await subscribedSocket({
    ...options,
    connected: () => scope.postMessage('connected'),
  });
  let received = 0;
  let updates = new Map<number, Update[]>();

  const post = (): void => {
    scope.postMessage({ received, updates });
    updates = new Map();
  };
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    if (updates.size === 0) requestAnimationFrame(post);
    eachUpdate(JSON.parse(data), (message) => {
      received += 1;
      let newest = updates.get(message.bill_id);
      if (newest === undefined) updates.set(message.bill_id, (newest = []));
      newest.push(updateOf(message));
      if (newest.length > kept) newest.shift();
    });
  };
  scope.postMessage('subscribed');
}
