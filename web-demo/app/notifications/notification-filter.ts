import type { NotificationPriority, RealTimeNotification } from '@client/core/realtime';

/** What the visitor wants to see; empty: everything. */
export interface NotificationFilter {
  readonly type: string;
  readonly priority: NotificationPriority | '';
}

export const everything: NotificationFilter = { type: '', priority: '' };

export function passes(
  { type, priority }: RealTimeNotification,
  filter: NotificationFilter,
): boolean {
  return (
    (filter.type === '' || type === filter.type) &&
    (filter.priority === '' || priority === filter.priority)
  );
}
