/** Everything that is measured: what its column is called, and how it is printed. */
export interface FigureEntry {
  readonly heading: string;
  readonly unit: string;
  readonly about: string;
}

export const figures = {
  task: {
    heading: 'main thread',
    unit: 'µs/msg',
    about:
      "Tasks of the page's main thread, by the clock on the wall, without what the measuring itself asked of it.",
  },
  script: { heading: 'of it script', unit: 'µs/msg', about: 'The part of it that ran JavaScript.' },
  mainCpu: {
    heading: 'main CPU',
    unit: 'µs/msg',
    about: "Processor time of the page's main thread.",
  },
  workerCpu: {
    heading: 'worker CPU',
    unit: 'µs/msg',
    about: "Processor time of the page's workers.",
  },
  totalCpu: { heading: 'both', unit: 'µs/msg', about: 'Main thread and workers.' },
  processCpu: {
    heading: 'process CPU',
    unit: 'µs/msg',
    about: "The page's whole process: also its compositor, input and output, garbage collection.",
  },
  elapsed: {
    heading: 'clock',
    unit: 'µs/msg',
    about: 'From the first message published to the last one received.',
  },
  droppedFrames: {
    heading: 'dropped frames',
    unit: '',
    about: 'Animation frames, of 60 a second, that did not come.',
  },
  longTasks: { heading: 'long tasks', unit: '', about: 'Tasks of the main thread over 50 ms.' },
  longestTask: { heading: 'longest task', unit: 'ms', about: 'Of those over 50 ms; 0 is none.' },
  renders: { heading: 'renders', unit: '', about: 'Of all 50 components together.' },
  idleRenders: {
    heading: 'renders of others',
    unit: '',
    about: 'Of components about whose bill nothing came.',
  },
  p50: { heading: 'p50', unit: 'ms', about: 'From being published to being in the document.' },
  p95: { heading: 'p95', unit: 'ms', about: 'The same, of 95 in 100 updates.' },
  p99: { heading: 'p99', unit: 'ms', about: 'The same, of 99 in 100 updates.' },
  cold: {
    heading: 'connected, cold',
    unit: 'ms',
    about: 'From being started to being connected, nothing in the cache.',
  },
  warm: { heading: 'connected, warm', unit: 'ms', about: 'The same on the next visit.' },
  bytesBefore: {
    heading: 'before connecting',
    unit: 'kB gzip',
    about: 'Loaded before it is started, without what the empty page loads.',
  },
  bytes: { heading: 'in all', unit: 'kB gzip', about: 'Loaded until it is subscribed.' },
  heapGrowth: {
    heading: 'heap growth',
    unit: 'kB',
    about: "Of the page's JavaScript heap, garbage collected before and after.",
  },
  gc: {
    heading: 'garbage collection',
    unit: 'µs/msg',
    about: "On the page's main thread and in its workers.",
  },
} as const satisfies Record<string, FigureEntry>;

export type FigureName = keyof typeof figures;

/** One run of one subject. */
export type Run = Partial<Record<FigureName, number>>;
