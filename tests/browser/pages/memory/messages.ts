// The server's frames, each unlike the one before, none of them kept.

export interface Frame {
  readonly text: string;
  /** Messages that count as received; 0 for a malformed frame. */
  readonly messages: number;
}

const batchSize = 50;
const hugeText = 'a huge text '.repeat(175_000); // 2.1 MB

const words = [
  'committee',
  'Bürgerrechte',
  '法案が可決',
  'l’accord',
  '🗳️',
  'закон',
  'a "quoted" word',
];

/** Frame `index` for one of `bills`. Every kind comes within the first thousand frames. */
export function frame(index: number, bills: readonly number[]): Frame {
  const bill = (offset: number): number => bills[(index * 31 + offset) % bills.length] as number;
  if (index % 100_000 === 500) return one(update(index, bill(0), hugeText));
  if (index % 499 === 498)
    return { text: update(index, bill(0), 'cut off').slice(0, -3), messages: 0 };
  if (index % 40 === 39) return batch(index, bill);
  if (index % 101 === 100) return one(`{"type":"something_else","n":${String(index)}}`);
  if (index % 103 === 102) return one(update(index, 999_999_999, 'nobody watches this one'));
  if (index % 10 === 9) return one(engagement(index, bill(0)));
  return one(update(index, bill(0), index % 4 === 0 ? foreign(index) : plain(index)));
}

function one(text: string): Frame {
  return { text, messages: 1 };
}

function batch(index: number, bill: (offset: number) => number): Frame {
  const messages = Array.from({ length: batchSize }, (_, n) =>
    update(index + n, bill(n), n % 2 === 0 ? plain(n) : foreign(n)),
  );
  return { text: `{"type":"batch","messages":[${messages.join(',')}]}`, messages: batchSize };
}

function update(index: number, bill: number, text: string): string {
  const type = index % 3 === 0 ? 'amendment' : 'status_change';
  return `{"type":"bill_update","bill_id":${String(bill)},"update":{"type":"${type}","data":{"index":${String(index)},"text":${JSON.stringify(text)}}},"timestamp":${String(1_700_000_000_000 + index)}}`;
}

function engagement(index: number, bill: number): string {
  return `{"type":"engagement_metrics","bill_id":${String(bill)},"metrics":{"view_count":${String(index)},"save_count":${String(index % 977)}}}`;
}

function plain(index: number): string {
  return 'Reported by the committee with amendments. '.repeat(1 + (index % 5));
}

function foreign(index: number): string {
  return `${words[index % words.length] as string} `.repeat(1 + (index % 12));
}
