import type { MessageForm } from './servers/messages.js';
import type { SubjectEntry } from './subjects.js';

/** What is sent, and how much of it the page shows. */
export interface Workload {
  readonly form: MessageForm;
  /** How many bills the page is subscribed to, from 1; messages may be about fewer. */
  readonly topics: number;
  readonly messages: number;
  /** Messages before anything is measured, so that code is compiled and buffers have their size. */
  readonly warmUp: number;
  /** Messages per second at most; null is as fast as the page takes them. */
  readonly rate: number | null;
  /** 50: events come in `batch` frames. */
  readonly eventsPerFrame: 1 | 50;
  /** The first bills, which are read in every frame or have a component. */
  readonly shown: number;
  readonly view: 'plain' | 'react';
  /** How many times slower the page's main thread is made. */
  readonly slowdown: number;
}

/** `load`: costs per message; `frames`: what the page's frames suffer; the others are called as what they tell. */
export type MeasurementKind = 'load' | 'frames' | 'latency' | 'renders' | 'startup' | 'heap' | 'gc';

export interface Measurement {
  readonly name: string;
  readonly title: string;
  readonly kind: MeasurementKind;
  readonly workload: Workload;
  readonly takes: (subject: SubjectEntry) => boolean;
  /** Rounds at most. */
  readonly rounds: number;
}

export type Suite = 'quick' | 'full';

const every = Infinity;
const rate = 10_000;

const usual: Workload = {
  form: { bills: 200, bytes: 200, text: 'ascii', isStamped: false },
  topics: 200,
  messages: 0,
  warmUp: 5_000,
  rate,
  eventsPerFrame: 1,
  shown: 50,
  view: 'plain',
  slowdown: 1,
};

const all = (): boolean => true;
const plain = ({ isPlain }: SubjectEntry): boolean => isPlain;
const named =
  (...names: readonly string[]) =>
  ({ name }: SubjectEntry): boolean =>
    names.includes(name);

/**
 * What is measured, in this order in every round.
 * @param seconds How long messages come at a given rate.
 */
export function measurements(suite: Suite, seconds: number): readonly Measurement[] {
  const messages = rate * seconds;
  const isFull = suite === 'full';
  const burst = isFull ? 50_000 : 20_000;
  const million = isFull ? 1_000_000 : 200_000;
  const frameSeconds = isFull ? 60 : 10;
  const load = (
    name: string,
    title: string,
    takes: Measurement['takes'],
    changes: Omit<Partial<Workload>, 'form'> & { form?: Partial<MessageForm> },
    rounds = every,
  ): Measurement => ({
    name,
    title,
    kind: 'load',
    takes,
    rounds,
    workload: {
      ...usual,
      messages,
      topics: changes.form?.bills ?? usual.topics,
      ...changes,
      form: { ...usual.form, ...changes.form },
    },
  });
  const ours = named('page-host', 'worker-host');
  const inBatches = (subject: SubjectEntry) => plain(subject) && subject.server === 'gateway';
  const inner = named('json-map', 'json-worker', 'page-host', 'worker-host');

  const quick: readonly Measurement[] = [
    load('plain', '10,000 messages a second, 200 topics, 50 read every frame, no React', plain, {}),
    load('react', '10,000 messages a second, 200 topics, 50 React components', all, {
      view: 'react',
    }),
    load(
      'batches',
      '10,000 messages a second, 50 in every frame of the socket, 50 topics of 200 read every frame',
      inBatches,
      { eventsPerFrame: 50 },
    ),
    load(
      'burst',
      `${burst.toLocaleString('en')} messages as fast as they are taken, 200 topics, nothing read`,
      plain,
      { messages: burst, rate: null, shown: 0 },
    ),
    load(
      'topics-1',
      '10,000 messages a second, 1 topic, read every frame',
      inner,
      { form: { bills: 1 }, shown: 1 },
      3,
    ),
    load(
      'topics-10',
      '10,000 messages a second, 10 topics, all read every frame',
      inner,
      { form: { bills: 10 }, shown: 10 },
      3,
    ),
    load(
      'topics-2000',
      '10,000 messages a second, 2,000 topics, 50 read every frame',
      inner,
      { form: { bills: 2_000 } },
      3,
    ),
    {
      ...load(
        'frames',
        `10,000 messages a second for ${String(frameSeconds)} s, 200 topics, 50 read every frame, the page 4 times slower`,
        named('idle', 'json-map', 'json-worker', 'page-host', 'worker-host'),
        { slowdown: 4, messages: rate * frameSeconds },
        isFull ? 1 : 2,
      ),
      kind: 'frames',
    },
    {
      ...load(
        'latency-1000',
        '1,000 messages a second, 200 topics, 50 React components',
        (subject) => subject.keeps,
        {
          view: 'react',
          rate: 1_000,
          warmUp: 1_000,
          messages: 1_000 * seconds,
          form: { isStamped: true },
        },
        3,
      ),
      kind: 'latency',
    },
    {
      ...load(
        'latency-10',
        '10 messages a second, 50 topics, 50 React components',
        (subject) => subject.keeps,
        {
          view: 'react',
          rate: 10,
          warmUp: 20,
          messages: 50,
          form: { bills: 50, isStamped: true },
        },
        isFull ? 3 : 1,
      ),
      kind: 'latency',
    },
    {
      ...load(
        'renders',
        '2,000 messages as fast as they are taken about 25 topics, 50 React components',
        (subject) => subject.keeps,
        {
          view: 'react',
          rate: null,
          messages: 2_000,
          warmUp: 500,
          topics: 50,
          form: { bills: 25 },
        },
        3,
      ),
      kind: 'renders',
    },
    {
      ...load(
        'startup',
        'starting',
        ({ receives, isPlain }) => receives && isPlain,
        {
          form: { bills: 50 },
          shown: 0,
          warmUp: 0,
        },
        3,
      ),
      kind: 'startup',
    },
    {
      ...load(
        'heap',
        `${million.toLocaleString('en')} messages as fast as they are taken, 200 topics, nothing read`,
        (subject) => ours(subject) || subject.name === 'json-map',
        { rate: null, messages: million, warmUp: 20_000, shown: 0 },
        1,
      ),
      kind: 'heap',
    },
    {
      ...load(
        'gc',
        '10,000 messages a second, 200 topics, 50 React components, garbage collections traced',
        (subject) => subject.keeps,
        { view: 'react' },
        1,
      ),
      kind: 'gc',
    },
  ];
  if (!isFull) return quick;
  return [
    ...quick,
    load('rate-100', '100 messages a second, 200 topics, 50 read every frame', inner, {
      rate: 100,
      warmUp: 100,
      messages: 100 * seconds,
    }),
    load('rate-1000', '1,000 messages a second, 200 topics, 50 read every frame', inner, {
      rate: 1_000,
      warmUp: 1_000,
      messages: 1_000 * seconds,
    }),
    load('large', 'as the first one, messages of 450 bytes', plain, { form: { bytes: 450 } }),
    load('international', 'as the first one, 450 bytes with text in several scripts', plain, {
      form: { bytes: 450, text: 'international' },
    }),
    load('react-batches', 'as the second one, 50 events in every frame of the socket', inner, {
      view: 'react',
      eventsPerFrame: 50,
    }),
    {
      ...load(
        'frames-react',
        `10,000 messages a second for ${String(frameSeconds)} s, 50 React components, the page 4 times slower`,
        named('idle', 'json-map', 'json-worker', 'worker-host'),
        { slowdown: 4, messages: rate * frameSeconds, view: 'react' },
        1,
      ),
      kind: 'frames',
    },
  ];
}
