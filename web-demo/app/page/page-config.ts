/** What the page's own server tells it: `GET /config.json`. */
export interface PageConfig {
  /** The gateway's WebSocket address. */
  readonly gatewayUrl: string;
}

declare global {
  /** What stands for VITE_WS_URL in this build; see vite.config.ts. */
  var gatewayUrl: string | undefined;
}

/** To be called before the package is imported. Rejects with a sentence for people. */
export async function loadPageConfig(): Promise<void> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`The server answered ${response.status} to /config.json.`);
  const config = (await response.json()) as Partial<PageConfig>;
  if (typeof config.gatewayUrl !== 'string') {
    throw new Error('/config.json does not say where the gateway is (gatewayUrl).');
  }
  globalThis.gatewayUrl = config.gatewayUrl;
}
