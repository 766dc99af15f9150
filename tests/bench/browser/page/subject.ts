import type { ReactNode } from 'react';

/** One update of a bill, as it is shown. */
export interface Update {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly timestamp: unknown;
}

export interface StartOptions {
  /** Address of the subject's server. */
  readonly server: string;
  /** It subscribes to bills 1 to `bills`. */
  readonly bills: number;
  /** Events in a frame of its socket; 1, or `batch` frames of exactly as many. */
  readonly eventsPerFrame: number;
  /** To be called when there is a connection. */
  readonly connected: () => void;
}

/** Something that receives bill updates. */
export interface Subject {
  /** Bill updates received so far. */
  received(): number;
  /** The newest 50 updates of a bill, oldest first; the same array as long as there is no newer one. */
  updates(bill: number): readonly Update[];
}

/** A subject that tells when something came, which a view has to be made for. */
export interface TellingSubject extends Subject {
  /** Called for whatever comes, many times a frame. */
  onChange(listener: () => void): void;
}

/** Resolves once it is subscribed to all bills. */
export type StartSubject<Kind extends Subject = Subject> = (options: StartOptions) => Promise<Kind>;

/** Shows some of the bills with React; `render` is that of the root. Resolves as `StartSubject`. */
export type StartView = (
  options: StartOptions,
  shown: readonly number[],
  render: (view: ReactNode) => void,
) => Promise<Subject>;
