type Hold = () => () => void;

interface Held {
  readonly hold: Hold;
  release: (() => void) | null;
}

/**
 * The subscriptions one component needs for what it reads. They are made while the component is mounted, a microtask
 * after it read, because rendering must not change anything. They end when it unmounts, or with the next change of what it
 * reads no more.
 */
export class Holds {
  private readonly all = new Map<string, Held>();
  private isOn = false;

  want(key: string, hold: Hold): void {
    if (this.all.has(key)) return;
    const held: Held = { hold, release: null };
    this.all.set(key, held);
    if (!this.isOn) return;
    queueMicrotask(() => {
      if (this.isOn && this.all.get(key) === held) held.release ??= hold();
    });
  }

  /** The component is mounted. */
  begin(): void {
    this.isOn = true;
    for (const held of this.all.values()) held.release ??= held.hold();
  }

  /** It is not any more, or React hides it. */
  end(): void {
    this.isOn = false;
    for (const held of this.all.values()) {
      held.release?.();
      held.release = null;
    }
  }

  /** The service took every subscription away. */
  again(): void {
    for (const held of this.all.values()) held.release = held.hold();
  }

  /** Ends what is not wanted any more. */
  keepOnly(isWanted: (key: string) => boolean): void {
    for (const [key, held] of this.all) {
      if (isWanted(key)) continue;
      held.release?.();
      this.all.delete(key);
    }
  }
}
