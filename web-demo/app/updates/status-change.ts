import { statusEvent, statusTone } from '../bills/bill-status';
import { readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

/** An action on the bill; it need not move the bill to another status. */
export function describeStatusChange(data: Fields): UpdateDescription {
  const status = readText(data, 'new_status');
  const before = readText(data, 'old_status');
  const description = readText(data, 'description');
  const chamber = readText(data, 'chamber');
  const isMove = status !== undefined && before !== undefined && before !== status;
  if (status === undefined || (!isMove && description !== undefined)) {
    return {
      label: chamber === undefined ? 'Action' : `Action · ${chamber}`,
      tone: 'slate',
      headline: description ?? 'An action was recorded',
    };
  }
  return {
    label: 'New status',
    tone: statusTone(status),
    headline: statusEvent(status),
    detail: description,
  };
}
