import { io } from 'socket.io-client';

import { Rings, updateOf, type BillMessage } from '../bill-rings.js';
import type { StartSubject, TellingSubject, Update } from '../subject.js';

/** Socket.IO's client with its defaults, but without the first seconds of long polling. */
export const start: StartSubject<TellingSubject> = async ({ server, bills, connected }) => {
  const socket = io(server, { transports: ['websocket'] });
  const rings = new Rings<Update>();
  let changed = () => {};
  socket.on('bill_update', (message: BillMessage) => {
    rings.add(message.bill_id, updateOf(message));
    changed();
  });
  socket.on('connect', connected);
  await socket.emitWithAck(
    'subscribe',
    Array.from({ length: bills }, (_, index) => index + 1),
  );
  return {
    received: () => rings.received,
    updates: (bill) => rings.of(bill),
    onChange: (listener) => {
      changed = listener;
    },
  };
};
