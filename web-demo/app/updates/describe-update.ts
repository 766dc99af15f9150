import type { BillUpdate } from '@client/core/realtime';

import { describeAmendment } from './amendment';
import { describeComment } from './comment';
import { describeConstitutionalFlag } from './constitutional-flag';
import { describeEngagementChange } from './engagement-change';
import { describeExpertAnalysis } from './expert-analysis';
import { readText, type Fields } from './fields';
import { describeStatusChange } from './status-change';
import type { UpdateDescription } from './update-description';
import { describeVote } from './vote';
import { sentenceCase } from '../format/words';

const describers: Readonly<Record<string, (data: Fields) => UpdateDescription>> = {
  status_change: describeStatusChange,
  amendment: describeAmendment,
  new_comment: describeComment,
  voting_scheduled: describeVote,
  constitutional_flag: describeConstitutionalFlag,
  expert_analysis: describeExpertAnalysis,
  engagement_change: describeEngagementChange,
};

/** What an update says, for people. Kinds nobody has heard of are shown too, with what they bring. */
export function describeUpdate({ type, data }: BillUpdate): UpdateDescription {
  const describe = Object.hasOwn(describers, type) ? describers[type] : undefined;
  return describe?.(data) ?? describeOther(type, data);
}

function describeOther(type: string, data: Fields): UpdateDescription {
  const label = sentenceCase(type);
  return { label, tone: 'slate', headline: readText(data, 'description') ?? label };
}
