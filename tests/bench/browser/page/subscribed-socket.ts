import type { StartOptions } from './subject.js';

/** A plain WebSocket that is subscribed to all bills; resolves once that is confirmed. */
export function subscribedSocket({ server, bills, connected }: StartOptions): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(server, subprotocol);
    socket.onopen = () => {
      connected();
      socket.send(JSON.stringify(subscription(bills)));
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const { type } = JSON.parse(data) as { type: string };
      if (type === 'batch_subscribe_confirmation') {
        socket.onmessage = null;
        resolve(socket);
      } else reject(new Error(`The gateway answered ${data}`));
    };
    socket.onerror = () => reject(new Error('The gateway cannot be reached.'));
  });
}

export const subprotocol = 'civic-engagement-v1';

export function subscription(bills: number) {
  const ids = Array.from({ length: bills }, (_, index) => index + 1);
  return { type: 'batch_subscribe', messageId: 'all', data: { bill_ids: ids } };
}
