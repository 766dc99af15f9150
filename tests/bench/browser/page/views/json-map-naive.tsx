import { memo, useEffect, useState } from 'react';

import { useBillCard } from '../bill-card.js';
import { eachUpdate } from '../bill-rings.js';
import { CommittedBills, noBills, noUpdates, withUpdate } from '../updates-by-bill.js';
import type { StartView } from '../subject.js';
import { subscribedSocket } from '../subscribed-socket.js';

const BillCard = memo(useBillCard);

interface BillsProps {
  readonly socket: WebSocket;
  readonly shown: readonly number[];
  readonly commit: CommittedBills['commit'];
  readonly listening: () => void;
}

/** One `setState` per message. */
function Bills({ socket, shown, commit, listening }: BillsProps) {
  const [bills, setBills] = useState(noBills);
  useEffect(() => {
    const take = ({ data }: MessageEvent<string>): void => {
      eachUpdate(JSON.parse(data), (message) => setBills((before) => withUpdate(before, message)));
    };
    socket.addEventListener('message', take);
    listening();
    return () => socket.removeEventListener('message', take);
  }, [socket, listening]);
  useEffect(() => commit(bills), [bills, commit]);
  return shown.map((bill) => (
    <BillCard key={bill} bill={bill} updates={bills.byBill.get(bill) ?? noUpdates} />
  ));
}

export const start: StartView = async (options, shown, render) => {
  const socket = await subscribedSocket(options);
  const committed = new CommittedBills();
  await new Promise<void>((listening) => {
    render(<Bills socket={socket} shown={shown} commit={committed.commit} listening={listening} />);
  });
  return committed;
};
