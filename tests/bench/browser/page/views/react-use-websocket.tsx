import { memo, useEffect, useState } from 'react';
// Its index has a default export only, which bundlers hand to modules in a wrapping of its own.
import { useWebSocket } from 'react-use-websocket/dist/lib/use-websocket';

import { useBillCard } from '../bill-card.js';
import { eachUpdate } from '../bill-rings.js';
import { CommittedBills, noBills, noUpdates, withUpdate } from '../updates-by-bill.js';
import type { StartOptions, StartView } from '../subject.js';
import { subprotocol, subscription } from '../subscribed-socket.js';

const BillCard = memo(useBillCard);

interface BillsProps extends StartOptions {
  readonly shown: readonly number[];
  readonly commit: CommittedBills['commit'];
  readonly subscribed: () => void;
}

/** In the form that loses no message and renders least: `onMessage`, and no `lastMessage`. */
function Bills({ server, bills: count, connected, shown, commit, subscribed }: BillsProps) {
  const [bills, setBills] = useState(noBills);
  const { sendJsonMessage } = useWebSocket(server, {
    protocols: subprotocol,
    filter: () => false,
    onOpen: () => {
      connected();
      sendJsonMessage(subscription(count));
    },
    onMessage: ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as { readonly type: string };
      if (message.type === 'batch_subscribe_confirmation') subscribed();
      eachUpdate(message, (update) => setBills((before) => withUpdate(before, update)));
    },
  });
  useEffect(() => commit(bills), [bills, commit]);
  return shown.map((bill) => (
    <BillCard key={bill} bill={bill} updates={bills.byBill.get(bill) ?? noUpdates} />
  ));
}

export const start: StartView = (options, shown, render) =>
  new Promise((resolve) => {
    const committed = new CommittedBills();
    render(
      <Bills
        {...options}
        shown={shown}
        commit={committed.commit}
        subscribed={() => resolve(committed)}
      />,
    );
  });
