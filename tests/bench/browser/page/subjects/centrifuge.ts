import { Centrifuge } from 'centrifuge';

import { Rings, updateOf, type BillMessage } from '../bill-rings.js';
import type { StartSubject, TellingSubject, Update } from '../subject.js';

/** centrifuge-js with its defaults: JSON, a subscription for every bill. */
export const start: StartSubject<TellingSubject> = async ({ server, bills, connected }) => {
  const client = new Centrifuge(server);
  const rings = new Rings<Update>();
  let changed = () => {};
  client.on('connected', connected);
  const ready = Array.from({ length: bills }, (_, index) => {
    const subscription = client.newSubscription(`bill:${String(index + 1)}`);
    subscription.on('publication', ({ data }) => {
      const message = data as BillMessage;
      rings.add(message.bill_id, updateOf(message));
      changed();
    });
    subscription.subscribe();
    return subscription.ready();
  });
  client.connect();
  await Promise.all(ready);
  return {
    received: () => rings.received,
    updates: (bill) => rings.of(bill),
    onChange: (listener) => {
      changed = listener;
    },
  };
};
