import { memo } from 'react';

import { useBillCard } from '../bill-card.js';
import { start as startSubject } from '../subjects/idle.js';
import type { StartView } from '../subject.js';
import { noUpdates } from '../updates-by-bill.js';

const BillCard = memo(useBillCard);

/** Cards that never change. */
export const start: StartView = async (options, shown, render) => {
  const subject = await startSubject(options);
  render(shown.map((bill) => <BillCard key={bill} bill={bill} updates={noUpdates} />));
  return subject;
};
