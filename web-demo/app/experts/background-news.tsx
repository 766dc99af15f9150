import { useCommunityRealTime } from '@client/core/realtime';

/**
 * Follows experts and moderators on every page, so that what they did while the visitor was elsewhere is there when the
 * visitor comes: servers send it once.
 */
export function BackgroundNews() {
  const { expertActivity, moderationEvents } = useCommunityRealTime();
  return (
    <span hidden data-experts={expertActivity.length} data-moderation={moderationEvents.length} />
  );
}
