/** The part of `navigator.locks` that is used. */
export type Locks = Pick<LockManager, 'request'>;

/** A lock that is held for as long as a page is there; the browser lets go of it when the page is gone. */
export class PageLock {
  private letGo: (() => void) | null = null;

  constructor(
    private readonly locks: Locks,
    private readonly name: string,
  ) {}

  /** Resolves when it is held. */
  hold(): Promise<void> {
    if (this.letGo !== null) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const held = new Promise<void>((release) => {
        this.letGo = release;
      });
      this.locks
        .request(this.name, () => {
          resolve();
          return held;
        })
        .catch(reject);
    });
  }

  release(): void {
    this.letGo?.();
    this.letGo = null;
  }

  /** Whether nobody holds the lock of that name. */
  async isFree(name: string): Promise<boolean> {
    return this.locks.request(name, { ifAvailable: true }, (lock) =>
      Promise.resolve(lock !== null),
    );
  }
}
