/** The places of this page, each with an address after the `#`. */
export type Route =
  | { readonly name: 'bills' }
  | { readonly name: 'bill'; readonly billId: number }
  | { readonly name: 'trending' }
  | { readonly name: 'experts' }
  | { readonly name: 'compare' }
  | { readonly name: 'examples' }
  | { readonly name: 'replay' }
  | { readonly name: 'unknown'; readonly address: string };

export function parseRoute(hash: string): Route {
  const address = hash.replace(/^#\/?/, '');
  const billId = /^bill\/(\d{1,15})$/.exec(address)?.[1];
  if (billId !== undefined) return { name: 'bill', billId: Number(billId) };
  switch (address) {
    case '':
      return { name: 'bills' };
    case 'trending':
    case 'experts':
    case 'compare':
    case 'examples':
    case 'replay':
      return { name: address };
    default:
      return { name: 'unknown', address };
  }
}

export const billsAddress = '#/';
export const trendingAddress = '#/trending';
export const expertsAddress = '#/experts';
export const compareAddress = '#/compare';
export const examplesAddress = '#/examples';
export const replayAddress = '#/replay';

export function billAddress(billId: number): string {
  return `#/bill/${billId}`;
}
