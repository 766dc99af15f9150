/**
 * Who sits before this tab. The demo has no sign-in: every tab gets a token of its own, which is kept until the tab is
 * closed, so that two tabs are two people and a reload changes nobody.
 */
export interface Visitor {
  /** What an application's sign-in would have given. It is shown to the gateway and to nobody else. */
  readonly token: string;
  /** Marks what this visitor sends, so that it is recognised when it comes back. Everybody may see it. */
  readonly mark: string;
  /** What others shall call the visitor; empty: as the gateway likes. */
  readonly name: string;
}

const key = 'billwatch-visitor';
const listeners = new Set<() => void>();
let current = remembered() ?? newcomer();
remember();

export function currentVisitor(): Visitor {
  return current;
}

export function renameVisitor(name: string): void {
  current = { ...current, name };
  remember();
  for (const listener of [...listeners]) listener();
}

export function watchVisitor(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

let sent = 0;

/** A reference for one thing the visitor sends: nobody else's is the same. */
export function newReference(): string {
  sent += 1;
  return `${current.mark}:${Date.now().toString(36)}-${sent}`;
}

/** Whether it is a reference of this visitor's, also from before a reload. */
export function isOwnReference(reference: string | undefined): boolean {
  return reference?.startsWith(`${current.mark}:`) === true;
}

function newcomer(): Visitor {
  return { token: `demo-${randomDigits(16)}`, mark: randomDigits(6), name: '' };
}

function randomDigits(bytes: number): string {
  const digits = crypto.getRandomValues(new Uint8Array(bytes));
  return [...digits].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function remembered(): Visitor | null {
  try {
    const visitor = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Visitor> | null;
    const { token, mark, name } = visitor ?? {};
    if (typeof token !== 'string' || typeof mark !== 'string') return null;
    return { token, mark, name: typeof name === 'string' ? name : '' };
  } catch {
    return null;
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(current));
  } catch {
    // No storage: it holds until the page is reloaded.
  }
}
