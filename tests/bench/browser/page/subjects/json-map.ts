import type { StartSubject, Update } from '../subject.js';
import { subscribedSocket } from '../subscribed-socket.js';

const kept = 50;

interface Message {
  readonly type: string;
  readonly bill_id: number;
  readonly update: { readonly type: string; readonly data: Readonly<Record<string, unknown>> };
  readonly timestamp: string;
}

/** What a client in JavaScript does: parse, look the bill up, keep the newest. */
export const start: StartSubject = async (gateway, bills) => {
  const socket = await subscribedSocket(gateway, bills);
  const byBill = new Map<number, Update[]>();
  let received = 0;
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as Message;
    if (message.type !== 'bill_update') return;
    ++received;
    let updates = byBill.get(message.bill_id);
    if (updates === undefined) byBill.set(message.bill_id, (updates = []));
    const { type, data: fields } = message.update;
    updates.push({
      type,
      data: { billId: message.bill_id, ...fields },
      timestamp: message.timestamp,
    } as Update);
    if (updates.length > kept) updates.shift();
  };
  return { received: () => received, updates: (bill) => byBill.get(bill) ?? [] };
};
