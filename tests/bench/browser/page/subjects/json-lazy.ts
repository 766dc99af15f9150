import { eachUpdate, Rings, updateOf, type BillMessage } from '../bill-rings.js';
import type { StartSubject, TellingSubject, Update } from '../subject.js';
import { subscribedSocket } from '../subscribed-socket.js';

/** A message that is parsed when somebody looks at it, once. */
class LazyUpdate {
  private parsed: Update | null = null;

  constructor(private readonly text: string) {}

  get update(): Update {
    return (this.parsed ??= updateOf(JSON.parse(this.text) as BillMessage));
  }
}

const idMember = '"bill_id":';

/**
 * The cheapest thing a page's own JavaScript can do: find the id in the text, keep the text. It trusts the server to
 * write JSON exactly as it does today.
 */
export const start: StartSubject<TellingSubject> = async (options) => {
  const socket = await subscribedSocket(options);
  const rings = new Rings<LazyUpdate | { readonly update: Update }>();
  let changed = () => {};
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    if (data.startsWith('{"type":"bill_update"')) {
      const bill = parseInt(data.slice(data.indexOf(idMember) + idMember.length), 10);
      rings.add(bill, new LazyUpdate(data));
    } else {
      // Where an event of a batch ends only a parser can tell.
      eachUpdate(JSON.parse(data), (message) =>
        rings.add(message.bill_id, { update: updateOf(message) }),
      );
    }
    changed();
  };
  const shown = new WeakMap<object, readonly Update[]>();
  return {
    received: () => rings.received,
    updates: (bill) => {
      const items = rings.of(bill);
      let updates = shown.get(items);
      if (updates === undefined) shown.set(items, (updates = items.map((item) => item.update)));
      return updates;
    },
    onChange: (listener) => {
      changed = listener;
    },
  };
};
