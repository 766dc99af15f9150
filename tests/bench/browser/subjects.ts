import type { ServerName } from './servers/process.js';

/** What receives the messages: `page/subjects/<name>.ts`, with React `page/views/<name>.tsx`. */
export interface SubjectEntry {
  readonly name: string;
  readonly title: string;
  readonly server: ServerName;
  /** A page that receives nothing shows what the measuring itself and the frames cost. */
  readonly receives: boolean;
  /** It keeps the newest updates of every bill, which are checked. */
  readonly keeps: boolean;
  /** It can be had without React. */
  readonly isPlain: boolean;
  /** A library by a name people know. */
  readonly isLibrary: boolean;
}

const rival = {
  server: 'gateway',
  receives: true,
  keeps: true,
  isPlain: true,
  isLibrary: false,
} as const;

export const subjects: readonly SubjectEntry[] = [
  { ...rival, name: 'idle', title: 'nothing received', receives: false, keeps: false },
  { ...rival, name: 'floor', title: 'empty onmessage', keeps: false },
  { ...rival, name: 'json-map', title: 'JSON.parse, Map' },
  { ...rival, name: 'json-map-naive', title: '… one setState per message', isPlain: false },
  { ...rival, name: 'json-lazy', title: 'indexOf, parsed when shown' },
  { ...rival, name: 'json-worker', title: 'JSON.parse, Map in a worker' },
  { ...rival, name: 'socket-io', title: 'socket.io', server: 'socket.io', isLibrary: true },
  { ...rival, name: 'centrifuge', title: 'centrifuge', server: 'centrifuge', isLibrary: true },
  {
    ...rival,
    name: 'react-use-websocket',
    title: 'react-use-websocket',
    isPlain: false,
    isLibrary: true,
  },
  { ...rival, name: 'page-host', title: 'civic-realtime, page host' },
  { ...rival, name: 'worker-host', title: 'civic-realtime, worker host' },
];
