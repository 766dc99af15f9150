import { eachUpdate, Rings, updateOf } from '../bill-rings.js';
import type { StartSubject, TellingSubject, Update } from '../subject.js';
import { subscribedSocket } from '../subscribed-socket.js';

/** What a client in JavaScript does: parse, look the bill up, keep the newest. */
export const start: StartSubject<TellingSubject> = async (options) => {
  const socket = await subscribedSocket(options);
  const rings = new Rings<Update>();
  let changed = () => {};
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    eachUpdate(JSON.parse(data), (message) => rings.add(message.bill_id, updateOf(message)));
    changed();
  };
  return {
    received: () => rings.received,
    updates: (bill) => rings.of(bill),
    onChange: (listener) => {
      changed = listener;
    },
  };
};
