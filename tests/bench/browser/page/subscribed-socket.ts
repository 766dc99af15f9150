/** A plain WebSocket that is subscribed to bills 1 to `bills`; resolves once everything is confirmed. */
export function subscribedSocket(gateway: string, bills: number): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(gateway, 'civic-engagement-v1');
    let confirmed = 0;
    socket.onopen = () => {
      for (let bill = 1; bill <= bills; ++bill) {
        socket.send(JSON.stringify({ type: 'subscribe', topic: `bill:${String(bill)}` }));
      }
    };
    socket.onmessage = () => {
      if (++confirmed === bills) resolve(socket);
    };
    socket.onerror = () => reject(new Error('The gateway cannot be reached.'));
  });
}
