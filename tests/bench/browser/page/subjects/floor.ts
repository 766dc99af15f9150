import type { StartSubject } from '../subject.js';
import { subscribedSocket } from '../subscribed-socket.js';

/** Receives and does nothing but count. */
export const start: StartSubject = async (options) => {
  const socket = await subscribedSocket(options);
  let frames = 0;
  socket.onmessage = () => {
    frames += 1;
  };
  return { received: () => frames * options.eventsPerFrame, updates: () => [] };
};
