/** What may receive the bills' news on this screen. */
export type ReceiverName = 'civic-realtime' | 'json-map';

export const receivers: readonly { readonly value: ReceiverName; readonly words: string }[] = [
  { value: 'civic-realtime', words: 'civic-realtime, in a worker' },
  { value: 'json-map', words: 'JSON.parse, on the page' },
];
