import type { NotificationPriority } from '@client/core/realtime';

import type { Tone } from '../updates/update-description';

/** Most urgent first. */
export const priorities = [
  'critical',
  'high',
  'medium',
  'normal',
  'low',
] as const satisfies readonly NotificationPriority[];

export const priorityWords: Readonly<Record<NotificationPriority, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  normal: 'Normal',
  low: 'Low',
};

export const priorityTones: Readonly<Record<NotificationPriority, Tone>> = {
  critical: 'red',
  high: 'amber',
  medium: 'blue',
  normal: 'slate',
  low: 'slate',
};
