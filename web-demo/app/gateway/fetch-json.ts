import { gatewayRoute } from './gateway-address';

/** Asks the gateway. Rejects with a sentence for people. */
export async function fetchJson<Answer>(route: string, init?: RequestInit): Promise<Answer> {
  const url = gatewayRoute(route);
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    if (init?.signal?.aborted) throw cause;
    throw new Error(`${new URL(url).origin} does not answer.`, { cause });
  }
  if (response.ok) return (await response.json()) as Answer;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Error(
    `The gateway answered ${response.status}${error === undefined ? '' : `: ${error}`}.`,
  );
}
