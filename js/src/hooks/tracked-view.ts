import { Holds } from './holds.js';
import { ReadTracker } from './read-tracker.js';

/**
 * How each part of a component's state is made: given a tracker, a function that has the part's value. What that
 * function, or the value itself, reads is to be noted in the tracker.
 */
export type PartMakers<State> = {
  readonly [Name in keyof State]: (tracker: ReadTracker) => () => State[Name];
};

interface Part {
  readonly value: () => unknown;
  readonly tracker: ReadTracker;
}

/**
 * One component's view of one service. Each part of the state keeps its identity until something that was read
 * through it changed; the state as a whole keeps its identity as long as all its parts do. The state's properties are
 * asked for when somebody looks: looking is what makes the component depend on them.
 *
 * A part, and not only the state, remembers its reads, because whoever caches by identity, as the React Compiler
 * does, calls a reader that stayed the same no second time.
 */
export class TrackedView<State extends object> {
  private state: State | null = null;
  private parts: readonly Part[] = [];
  private onStoreChange: (() => void) | null = null;
  private readonly holds = new Holds();
  private readonly names: readonly (keyof State)[];
  /** One function for all reads, so that a bundle that changes many calls it once. */
  private readonly notify = (): void => {
    this.onStoreChange?.();
  };

  constructor(
    private readonly makers: PartMakers<State>,
    /** Calls the listener when every subscription was taken away. */
    private readonly onReset: (listener: () => void) => () => void,
  ) {
    this.names = Object.keys(makers) as (keyof State)[];
  }

  readonly subscribe = (onStoreChange: () => void): (() => void) => {
    this.onStoreChange = onStoreChange;
    for (const { tracker } of this.parts) tracker.startWatching();
    this.holds.begin();
    const stopListening = this.onReset(() => {
      this.holds.again();
    });
    return () => {
      stopListening();
      this.onStoreChange = null;
      for (const { tracker } of this.parts) tracker.stopWatching();
      this.holds.end();
    };
  };

  readonly getSnapshot = (): State => {
    const before = this.parts;
    const parts = this.names.map((name, index) => this.keep(before[index], name));
    if (this.state !== null && parts.every((part, index) => part === before[index])) {
      return this.state;
    }
    this.parts = parts;
    this.state = this.stateOf(parts);
    return this.state;
  };

  /** To be called after every render: ends the subscriptions for what is read no more. */
  settle(): void {
    this.holds.keepOnly((key) => this.parts.some(({ tracker }) => tracker.has(key)));
  }

  private keep(before: Part | undefined, name: keyof State): Part {
    if (before !== undefined && !before.tracker.isStale()) return before;
    before?.tracker.stopWatching();
    const tracker = new ReadTracker(this.notify, this.holds, this.onStoreChange !== null);
    return { value: this.makers[name](tracker), tracker };
  }

  private stateOf(parts: readonly Part[]): State {
    const state = {};
    parts.forEach(({ value }, index) => {
      Object.defineProperty(state, this.names[index] as keyof State, {
        get: value,
        enumerable: true,
      });
    });
    return Object.freeze(state) as State;
  }
}

/** The state and the actions in one object; its properties are still asked for when somebody looks. */
export function withActions<State extends object, Actions extends object>(
  state: State,
  actions: Actions,
): State & Actions {
  const both = Object.defineProperties({}, Object.getOwnPropertyDescriptors(state));
  return Object.freeze(
    Object.defineProperties(both, Object.getOwnPropertyDescriptors(actions)),
  ) as State & Actions;
}
