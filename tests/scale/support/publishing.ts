/** A back end that publishes numbered updates of bills, and gives up none of them. */

const BATCH = 50;
const AGAIN_MS = 50;

export interface Numbered {
  billId: number;
  n: number;
}

/**
 * Publishes them in order, a batch at a time, each until it is stored.
 *
 * @param httpUrl Of gateways, or of a balancer before them.
 * @param onBatch Told after each batch how many are stored.
 */
export async function publishAll(
  httpUrl: string,
  run: string,
  updates: readonly Numbered[],
  onBatch: (stored: number) => Promise<void> | void = () => {},
): Promise<void> {
  for (let start = 0; start < updates.length; start += BATCH) {
    const batch = updates.slice(start, start + BATCH);
    while (!(await isStored(httpUrl, `${run}-${start}`, batch)))
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    await onBatch(start + batch.length);
  }
}

async function isStored(
  httpUrl: string,
  key: string,
  batch: readonly Numbered[],
): Promise<boolean> {
  const messages = batch.map(({ billId, n }) => ({
    type: 'bill_update',
    bill_id: billId,
    update: { type: 'status_change', data: { n } },
  }));
  // The gateway may be killed while it answers.
  const response = await fetch(`${httpUrl}/publish`, {
    method: 'POST',
    headers: { 'idempotency-key': key, connection: 'close' },
    body: JSON.stringify(messages),
  }).catch(() => null);
  await response?.arrayBuffer().catch(() => null);
  return response?.status === 200;
}
