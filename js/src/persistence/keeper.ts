import { systemTimers, type Timers } from '../engine/timers.js';
import { guest } from './guest.js';
import { userKeyOf, userOf } from './user-key.js';

/** Things of one page, and whose they are. */
export interface KeptThings<Thing> {
  /** So many are kept at most. */
  readonly limit: number;
  /** Of the user who is connected; `guest` when there is none; empty: not known yet. */
  token(): string;
  watchToken(listener: () => void): () => void;
  /** Whether anything is known; otherwise `all` being empty means nothing. */
  isKnown(): boolean;
  all(): readonly Thing[];
  watch(listener: () => void): () => void;
  restore(things: readonly Thing[]): void;
  fail(error: unknown): void;
}

/** Where they are between visits. */
export interface ThingArchive<Thing> {
  /** What earlier visits of the user left. */
  load(user: string): Promise<readonly Thing[]>;
  /** What was stored before is replaced. */
  save(user: string, things: readonly Thing[]): Promise<void>;
  /** Forgets what nobody will come back for. */
  prune(): Promise<void>;
}

/** What is particular to one sort of thing. */
export interface KeepingRules<Thing> {
  idOf(thing: Thing): string;
  isWorthKeeping(thing: Thing): boolean;
  /** Tells of a thing whether it came after all of `things`. */
  cameAfter(things: readonly Thing[]): (thing: Thing) => boolean;
  /** Of those that were kept, what is given back to an engine that came back empty. */
  isStillWanted(thing: Thing, wasGivenBack: boolean): boolean;
}

/**
 * Milliseconds between two writes at least. Short, because a browser does not wait for what a page that goes away still
 * wants to store: what changed within it may be lost.
 */
const paceMs = 200;

/**
 * Keeps things of one page in an archive, from `start` to `stop`: gives back those of an earlier visit, then stores every
 * change, at most five times a second, and when the page goes away. When another user takes over, only what came since is
 * his.
 */
export class Keeper<Thing> {
  private user = '';
  /** Null until that user's things were given back: before, nothing is stored that would replace them. */
  private key: string | null = null;
  /** What was there when this user came belongs to another, unless it was given back to this one. */
  private isHis: (thing: Thing) => boolean = () => true;
  private givenBack: ReadonlySet<string> = new Set();
  private kept: readonly Thing[] = [];
  private timer: unknown = null;
  private isChanged = false;
  private isCleared = false;
  private work: Promise<void> = Promise.resolve();
  private ends: (() => void)[] = [];

  constructor(
    private readonly page: KeptThings<Thing>,
    private readonly rules: KeepingRules<Thing>,
    private readonly archive: ThingArchive<Thing>,
    private readonly timers: Timers = systemTimers,
  ) {}

  start(): void {
    const leaving = (): void => {
      this.store();
    };
    globalThis.addEventListener('pagehide', leaving);
    this.ends = [
      this.page.watchToken(() => {
        this.takeUser();
      }),
      this.page.watch(() => {
        this.note();
      }),
      () => {
        globalThis.removeEventListener('pagehide', leaving);
      },
    ];
    this.takeUser();
  }

  /** Stores what is there and ends. To be called while it can still be read. */
  stop(): void {
    this.store();
    this.end();
  }

  /** Forgets this user's things, also those that were not given back yet. */
  clear(): void {
    const { user } = this;
    if (user === '') return;
    this.kept = [];
    this.isCleared = true;
    this.do(async () => {
      await this.archive.save(await userKeyOf(user), []);
    });
  }

  /** Forgets what is there and ends. */
  forget(): void {
    this.clear();
    this.end();
  }

  /** Resolves when everything that was begun is done. */
  settled(): Promise<void> {
    return this.work;
  }

  protected end(): void {
    for (const end of this.ends) end();
    this.ends = [];
    this.timers.clear(this.timer);
    this.timer = null;
    this.user = '';
    this.key = null;
  }

  private takeUser(): void {
    const user = userOf(this.page.token());
    if (user === this.user || user === '') return;
    this.store();
    // What a guest sends is his, too, once he has signed in.
    const isFirst = this.user === '' || this.user === guest;
    this.user = user;
    this.key = null;
    this.kept = [];
    this.isCleared = false;
    this.givenBack = new Set();
    this.isHis = isFirst ? () => true : this.rules.cameAfter(this.page.all());
    this.do(async () => {
      const key = await userKeyOf(user);
      const stored = await this.archive.load(key);
      if (this.user !== user) return;
      const things = this.isCleared ? [] : stored;
      this.givenBack = new Set(things.map((thing) => this.rules.idOf(thing)));
      this.kept = things;
      this.key = key;
      if (things.length > 0) this.page.restore(things);
      if (this.page.isKnown()) this.note();
      await this.archive.prune();
    });
  }

  private note(): void {
    if (!this.page.isKnown()) {
      this.giveBackAgain();
      return;
    }
    this.isChanged = true;
    if (this.key === null || this.timer !== null) return;
    this.store();
    this.timer = this.timers.set(() => {
      this.timer = null;
      if (this.isChanged) this.note();
    }, paceMs);
  }

  /** The engine is gone and will come back empty, after those who watch were told. */
  private giveBackAgain(): void {
    const { key, rules, givenBack } = this;
    const before = this.kept;
    if (key === null || before.length === 0) return;
    const kept = before.filter((thing) =>
      rules.isStillWanted(thing, givenBack.has(rules.idOf(thing))),
    );
    this.kept = kept;
    if (kept.length < before.length) this.do(() => this.archive.save(key, kept));
    if (kept.length === 0) return;
    queueMicrotask(() => {
      this.page.restore(kept);
    });
  }

  private store(): void {
    const { key, rules } = this;
    if (key === null || !this.isChanged || !this.page.isKnown()) return;
    this.isChanged = false;
    const things = this.page
      .all()
      .filter(
        (thing) =>
          rules.isWorthKeeping(thing) &&
          (this.isHis(thing) || this.givenBack.has(rules.idOf(thing))),
      )
      .slice(0, this.page.limit);
    if (things.length === 0 && this.kept.length === 0) return;
    this.kept = things;
    this.do(() => this.archive.save(key, things));
  }

  /** One after the other, so that the last one asked for is the last one stored. */
  private do(task: () => Promise<void>): void {
    this.work = this.work.then(task).catch((error: unknown) => {
      this.page.fail(error);
    });
  }
}
