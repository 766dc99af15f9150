import { memo, useEffect, useState } from 'react';

import { useBillCard } from './bill-card.js';
import type { StartView, TellingSubject } from './subject.js';

const BillCard = memo(useBillCard);

interface BillsProps {
  readonly subject: TellingSubject;
  readonly shown: readonly number[];
}

/** One `setState` per frame; a card renders when its bill's updates are other ones. */
function Bills({ subject, shown }: BillsProps) {
  const [, setFrame] = useState(0);
  useEffect(() => {
    let asked = false;
    subject.onChange(() => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        setFrame((frame) => frame + 1);
      });
    });
  }, [subject]);
  return shown.map((bill) => <BillCard key={bill} bill={bill} updates={subject.updates(bill)} />);
}

/** Shows any subject that tells of changes. */
export function perFrame(
  start: (options: Parameters<StartView>[0]) => Promise<TellingSubject>,
): StartView {
  return async (options, shown, render) => {
    const subject = await start(options);
    render(<Bills subject={subject} shown={shown} />);
    return subject;
  };
}
