// Keeps an account of everything it is told about its topics, in order; the test reads it through `window.deliveryPage`.
// Query: gateway, bills (how many, from 1), discussions (how many, from 1), websocket (further configuration, as JSON), token.
import {
  RealTimeService,
  type BillUpdate,
  type Gap,
  type WebSocketConfigInput,
} from 'civic-realtime';

/** An event of a stream, or a hole in it, as the page was told of it. */
export type Told =
  | { readonly topic: string; readonly epoch: string; readonly seq: number; readonly text: string }
  | { readonly topic: string; readonly gap: ToldGap };

export type ToldGap = Omit<Gap, 'topic'>;

const query = new URLSearchParams(location.search);
const upTo = (name: string): number[] =>
  Array.from({ length: Number(query.get(name) ?? 0) }, (_, index) => index + 1);

const service = new RealTimeService({
  websocket: {
    url: query.get('gateway') ?? '',
    ...(JSON.parse(query.get('websocket') ?? '{}') as WebSocketConfigInput),
  },
});
const tracking = service.getBillTrackingService();
const community = service.getCommunityService();

let account: Told[] = [];
/** `epoch seq` of the newest event of each topic. */
const positions: Record<string, string> = {};
/** Kinds of `pageshow` this page has seen: true when it came out of the back/forward cache. */
const shown: boolean[] = [];

service.on('message', (message) => {
  const { topic, epoch, seq } = message;
  // Without a number it is nothing that had to come.
  if (typeof topic !== 'string' || typeof epoch !== 'string' || typeof seq !== 'number') return;
  account.push({ topic, epoch, seq, text: JSON.stringify(message) });
  positions[topic] = `${epoch} ${String(seq)}`;
});
service.on('gap', (gap) => {
  account.push({ topic: gap.topic, gap });
});
addEventListener('pageshow', ({ persisted }) => shown.push(persisted));

const deliveryPage = {
  ready: service.initialize(query.get('token') ?? undefined).then(() => {
    for (const bill of upTo('bills')) tracking.subscribeToBill(bill);
    for (const discussion of upTo('discussions')) community.subscribeToDiscussion(discussion);
  }),
  shown,
  positions,
  /** What was told since this was last asked. */
  takeAccount: (): Told[] => {
    const taken = account;
    account = [];
    return taken;
  },
  state: () => service.getConnectionState(),
  signIn: (token: string) => service.manager.connect(token),
  counters: () => service.getStats().counters,
  billUpdates: (): Record<number, readonly BillUpdate[]> =>
    Object.fromEntries(upTo('bills').map((bill) => [bill, tracking.getBillUpdates(bill)])),
  comments: (discussion: number) => community.getRecentComments(100, discussion),
  /** The file as base64. */
  recording: async (payloads: boolean): Promise<string> => {
    const bytes = new Uint8Array(await (await service.exportRecording({ payloads })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  },
  /** Settles when the server has acknowledged it. */
  comment: (discussion: number, text: string) => community.sendCommentUpdate(discussion, { text }),
};

declare global {
  interface Window {
    deliveryPage: typeof deliveryPage;
  }
}
window.deliveryPage = deliveryPage;
