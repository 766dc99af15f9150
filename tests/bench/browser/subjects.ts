/** What receives the messages: `page/subjects/<name>.ts` with the same name is its code. */
export interface SubjectEntry {
  readonly name: string;
  readonly title: string;
  /** A page that receives nothing shows what the measuring itself and the frames cost. */
  readonly receives: boolean;
  /** It keeps the newest updates of every bill, which are checked. */
  readonly keeps: boolean;
}

export const subjects: readonly SubjectEntry[] = [
  { name: 'idle', title: 'nothing received', receives: false, keeps: false },
  { name: 'floor', title: 'empty onmessage', receives: true, keeps: false },
  { name: 'json-map', title: 'JSON.parse, Map, ring of 50', receives: true, keeps: true },
  { name: 'page-host', title: 'civic-realtime, page host', receives: true, keeps: true },
  { name: 'worker-host', title: 'civic-realtime, worker host', receives: true, keeps: true },
];
