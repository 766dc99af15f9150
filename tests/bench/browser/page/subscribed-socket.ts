/** A plain WebSocket that is subscribed to bills 1 to `bills`; resolves once that is confirmed. */
export function subscribedSocket(gateway: string, bills: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(gateway, 'civic-engagement-v1');
    socket.onopen = () => {
      const ids = Array.from({ length: bills }, (_, index) => index + 1);
      const data = { bill_ids: ids };
      socket.send(JSON.stringify({ type: 'batch_subscribe', messageId: 'all', data }));
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const { type } = JSON.parse(data) as { type: string };
      if (type === 'batch_subscribe_confirmation') resolve(socket);
      else reject(new Error(`The gateway answered ${data}`));
    };
    socket.onerror = () => reject(new Error('The gateway cannot be reached.'));
  });
}
