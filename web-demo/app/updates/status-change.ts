import { statusName, statusTone } from '../bills/bill-status';
import { readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

/** An action on the bill; it need not move the bill to another status. */
export function describeStatusChange(data: Fields): UpdateDescription {
  const status = readText(data, 'new_status');
  const before = readText(data, 'old_status');
  const description = readText(data, 'description');
  const chamber = readText(data, 'chamber');
  const action: UpdateDescription = {
    label: chamber === undefined ? 'Action' : `Action · ${chamber}`,
    tone: 'slate',
    headline: description ?? 'An action was recorded',
  };
  if (status === undefined) return action;
  const moved = before !== undefined && before !== status;
  if (!moved && description !== undefined) return action;
  return {
    label: 'New status',
    tone: statusTone(status),
    headline: moved
      ? `${statusName(status)}, after ${lowerFirst(statusName(before))}`
      : `Status: ${statusName(status)}`,
    detail: description,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
