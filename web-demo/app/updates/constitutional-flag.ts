import { readText, type Fields } from './fields';
import type { UpdateDescription } from './update-description';

export function describeConstitutionalFlag(data: Fields): UpdateDescription {
  const provision = readText(data, 'provision');
  const severity = readText(data, 'severity');
  return {
    label:
      severity === undefined ? 'Constitutional question' : `Constitutional question · ${severity}`,
    tone: 'red',
    headline:
      provision === undefined
        ? 'A constitutional question was raised'
        : `A question under the ${provision} was raised`.replace('the Due Process', 'Due Process'),
    detail: readText(data, 'concern') ?? readText(data, 'description'),
  };
}
