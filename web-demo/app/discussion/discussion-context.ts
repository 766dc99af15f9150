import type { CommunityRealTime } from '@client/core/realtime';

import type { Comment } from './comment';
import type { Outbox } from './use-outbox';

/** What every comment of a discussion needs. */
export interface DiscussionContext {
  readonly billId: number;
  readonly community: CommunityRealTime;
  readonly outbox: Outbox;
  readonly change: (comment: Comment, text: string) => void;
  readonly takeBack: (comment: Comment) => void;
}
