/** The part of a bill update that is looked at. */
export interface Update {
  readonly data: Readonly<Record<string, unknown>>;
  readonly timestamp: unknown;
}

/** Something that receives bill updates. */
export interface Subject {
  /** Bill updates received so far. */
  received(): number;
  /** The newest updates of a bill, oldest first. */
  updates(bill: number): readonly Update[];
}

/** Resolves once it is subscribed to bills 1 to `bills`. */
export type StartSubject = (gateway: string, bills: number) => Promise<Subject>;
