'use client';

import {
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type ReactNode,
} from 'react';

import { useRealTimeService } from '../hooks/real-time-provider.js';
import type { RealTimeService } from '../services/realtime-service.js';
import type { ConnectionState } from '../types.js';
import { ConnectionTab } from './connection-tab.js';
import { MessageLog } from './message-log.js';
import { MessagesTab } from './messages-tab.js';
import { RecordingTab } from './recording-tab.js';
import { useStyles } from './styles.js';
import { Tabs, type Tab } from './tabs.js';
import { TopicsTab } from './topics-tab.js';
import { useStats } from './use-stats.js';

export interface RealTimeDevtoolsProps {
  /** What is looked into; the provider's service, or the page's one, unless said otherwise. */
  readonly service?: RealTimeService;
  /** Whether the panel is open at first; false. */
  readonly initiallyOpen?: boolean;
  /** Where its button is; `bottom-right`. */
  readonly position?: 'bottom-right' | 'bottom-left';
}

type TabName = 'connection' | 'topics' | 'messages' | 'recording';

const tabs: readonly Tab<TabName>[] = [
  { name: 'connection', title: 'Connection' },
  { name: 'topics', title: 'Topics' },
  { name: 'messages', title: 'Messages' },
  { name: 'recording', title: 'Recording' },
];

/**
 * A panel that shows what a service does: its connection over time, its topics, the messages as they come, and its
 * recording as a file. It subscribes to nothing; while it is closed it listens for changes of the connection only. Put it
 * once, near the root of the page. Renders nothing on a server.
 */
export function RealTimeDevtools({
  service: given,
  initiallyOpen = false,
  position = 'bottom-right',
}: RealTimeDevtoolsProps): ReactNode {
  const provided = useRealTimeService();
  const service = given ?? provided;
  const [isOpen, setOpen] = useState(initiallyOpen);
  const state = useConnectionState(service);
  const isOnPage = useSyncExternalStore(
    nothingToWatch,
    () => true,
    () => false,
  );
  useStyles();
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  if (!isOnPage) return null;
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="civic-devtools" data-position={position}>
      {isOpen && (
        <section
          id={id}
          className="civic-devtools-panel"
          aria-label="civic-realtime devtools"
          onKeyDown={closeOnEscape}
        >
          <Panel service={service} />
        </section>
      )}
      <button
        ref={button}
        type="button"
        className="civic-devtools-button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <span className="civic-devtools-dot" data-state={state} aria-hidden="true" />
        {`Real time: ${state}`}
      </button>
    </div>
  );
}

function Panel({ service }: { readonly service: RealTimeService }): ReactNode {
  const [chosen, setChosen] = useState<TabName>('connection');
  const [log] = useState(() => new MessageLog());
  const { now, before, atMs, problem } = useStats(service);
  return (
    <Tabs label="What to look at" tabs={tabs} chosen={chosen} onChoose={setChosen}>
      {problem !== null && <p role="alert">{problem}</p>}
      {chosen === 'connection' && now !== null && <ConnectionTab stats={now} atMs={atMs} />}
      {chosen === 'topics' && now !== null && <TopicsTab stats={now} before={before} atMs={atMs} />}
      {chosen === 'messages' && <MessagesTab service={service} log={log} />}
      {chosen === 'recording' && problem === null && <RecordingTab service={service} />}
    </Tabs>
  );
}

const nothingToWatch = () => () => undefined;

/** As events tell it, so that nothing is asked while the panel is closed. */
function useConnectionState(service: RealTimeService): ConnectionState {
  const [state, setState] = useState<ConnectionState>('disconnected');
  useEffect(() => {
    const read = (): void => {
      setState(service.getConnectionState());
    };
    read();
    return service.manager.on('stateChange', read);
  }, [service]);
  return state;
}
