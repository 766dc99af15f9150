/** What is sent, and how much of it the page looks at. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly bills: number;
  readonly messages: number;
  /** Messages before anything is measured, so that code is compiled and buffers have their size. */
  readonly warmUp: number;
  /** Messages per second; null is as fast as the page takes them. */
  readonly rate: number | null;
  /** How many of the bills the page reads in every frame. */
  readonly read: number;
}

export function workloads(updates: number, seconds: number): readonly Workload[] {
  const rate = 10_000;
  return [
    {
      name: 'burst',
      title: `${String(updates)} updates over 200 bills, as fast as they are taken, nothing read`,
      bills: 200,
      messages: updates,
      warmUp: 5_000,
      rate: null,
      read: 0,
    },
    {
      name: 'paced',
      title: `${String(rate)} updates a second over 200 bills for ${String(seconds)} s, 50 bills read every frame`,
      bills: 200,
      messages: rate * seconds,
      warmUp: rate,
      rate,
      read: 50,
    },
  ];
}
