/** The gateway's WebSocket address, as the page's server told it. */
export function gatewaySocketUrl(): string {
  return globalThis.gatewayUrl ?? '';
}

/** Where one of the gateway's HTTP routes is, such as `bills`: beside the WebSocket. */
export function gatewayRoute(route: string): string {
  const url = new URL(route, gatewaySocketUrl());
  url.protocol = url.protocol === 'wss:' ? 'https:' : 'http:';
  url.search = '';
  return url.href;
}
