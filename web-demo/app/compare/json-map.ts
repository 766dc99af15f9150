import type { BillUpdate } from '@client/core/realtime';

import { gatewaySocketUrl } from '../gateway/gateway-address';

const kept = 50;
const noUpdates: readonly BillUpdate[] = [];

interface BillMessage {
  readonly type: 'bill_update';
  readonly bill_id: number;
  readonly update: Pick<BillUpdate, 'type' | 'data'>;
  readonly timestamp: string;
}

type Message = BillMessage | { readonly type: 'batch'; readonly messages: readonly BillMessage[] };

/**
 * What many applications do without a package: a WebSocket on the page, `JSON.parse` for every message, and the newest 50
 * updates of every bill in a `Map`. It does not reconnect and knows nothing of gaps.
 */
export class JsonMap {
  /** Bill updates received so far. */
  received = 0;
  private readonly byBill = new Map<number, readonly BillUpdate[]>();
  private readonly socket: WebSocket;

  /** `onChange`: something came; `onEnd`: the connection is over, or there was none. */
  constructor(
    token: string,
    billIds: readonly number[],
    private readonly onChange: () => void,
    onEnd: () => void,
  ) {
    const url = new URL(gatewaySocketUrl());
    url.searchParams.set('token', token);
    this.socket = new WebSocket(url, 'civic-engagement-v1');
    this.socket.onopen = () => {
      const data = { bill_ids: billIds };
      this.socket.send(JSON.stringify({ type: 'batch_subscribe', messageId: 'all', data }));
    };
    this.socket.onmessage = ({ data }: MessageEvent<string>) => {
      this.take(JSON.parse(data) as Message);
    };
    this.socket.onclose = onEnd;
  }

  /** Oldest first; another array only when there is something new. */
  updates(billId: number): readonly BillUpdate[] {
    return this.byBill.get(billId) ?? noUpdates;
  }

  close(): void {
    this.socket.onclose = null;
    this.socket.onmessage = null;
    this.socket.close();
  }

  private take(message: Message): void {
    if (message.type === 'batch') {
      for (const one of message.messages) this.take(one);
    } else if (message.type === 'bill_update') {
      const { bill_id, update, timestamp } = message;
      this.received += 1;
      const newest = [...this.updates(bill_id).slice(1 - kept), { ...update, timestamp }];
      this.byBill.set(bill_id, newest as readonly BillUpdate[]);
      this.onChange();
    }
  }
}
