import type { EngagementMeasure, EngagementWindow } from '@client/core/realtime';

export const measures = [
  'views',
  'comments',
  'saves',
  'shares',
] as const satisfies readonly EngagementMeasure[];

export const measureWords: Readonly<Record<EngagementMeasure, string>> = {
  views: 'Views',
  comments: 'Comments',
  saves: 'Saves',
  shares: 'Shares',
};

export const windows = ['1m', '15m', '24h'] as const satisfies readonly EngagementWindow[];

export const windowWords: Readonly<Record<EngagementWindow, string>> = {
  '1m': 'Minute',
  '15m': 'Quarter of an hour',
  '24h': 'Day',
};
