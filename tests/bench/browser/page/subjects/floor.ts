import type { StartSubject } from '../subject.js';
import { subscribedSocket } from '../subscribed-socket.js';

/** Receives and does nothing but count. */
export const start: StartSubject = async (gateway, bills) => {
  const socket = await subscribedSocket(gateway, bills);
  let received = 0;
  socket.onmessage = () => {
    ++received;
  };
  return { received: () => received, updates: () => [] };
};
