import { formatDate } from '../format/dates';
import { ordinal } from '../format/words';
import type { BillDescription } from '../gateway/bill-description';
import styles from './bill-facts.module.css';

/** Who brought the bill in, where and when, as far as it is known. */
export function BillFacts({ bill }: { bill: BillDescription }) {
  const { sponsor, committee, introduced, congress } = bill;
  const facts = [
    ['Sponsor', sponsor],
    ['Committee', committee],
    ['Introduced', introduced === undefined ? undefined : formatDate(introduced)],
    ['Congress', congress === undefined ? undefined : ordinal(congress)],
  ].filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className={styles.name}>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
