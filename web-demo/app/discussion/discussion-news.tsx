import type { CommunityActivity } from '@client/core/realtime';

import { momentOf } from '../format/dates';
import { sentenceCase } from '../format/words';
import { readText } from '../updates/fields';
import { Moment } from '../page/moment';
import styles from './discussion-news.module.css';

/** The newest thing that happened in the discussion beside comments and votes. */
export function DiscussionNews({ activity }: { activity: readonly CommunityActivity[] }) {
  const [newest] = activity;
  if (newest === undefined) return null;
  const { type, data, timestamp } = newest;
  const moment = momentOf(timestamp);
  return (
    <p className={styles.news} role="status">
      <strong>{labels[type] ?? sentenceCase(type)}</strong>
      <span>{readText(data, 'text') ?? readText(data, 'title') ?? ''}</span>
      <Moment at={moment} />
    </p>
  );
}

const labels: Readonly<Record<string, string>> = {
  new_discussion: 'New discussion',
  comment_added: 'New comment',
  expert_joined: 'Expert',
  consensus_change: 'Votes',
  moderation_action: 'Moderation',
  trending_topic: 'Trending',
};
