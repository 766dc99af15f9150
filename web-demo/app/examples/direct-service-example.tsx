import { useState } from 'react';

import { realTimeService } from '@client/core/realtime';

import { captureConsole } from './console-capture';
import styles from './direct-service-example.module.css';
import source from './direct-service-usage.ts?raw';
import { Example } from './example';

type Phase = 'ready' | 'running' | 'done' | 'failed';

const phaseWords: Readonly<Record<Phase, string>> = {
  ready: 'Not run yet.',
  running: 'Running…',
  done: 'Done. The example ended the service; the page has started it again.',
  failed: 'The example failed.',
};

export function DirectServiceExample() {
  const [phase, setPhase] = useState<Phase>('ready');
  const [lines, setLines] = useState<readonly string[]>([]);
  const write = (line: string) => {
    setLines((before) => [...before, line]);
  };

  const run = async () => {
    setPhase('running');
    const release = captureConsole(write);
    try {
      // A module runs when it is imported, and only once.
      await import('./direct-service-usage');
      setPhase('done');
    } catch (error) {
      write(String(error));
      setPhase('failed');
    } finally {
      release();
      // The rest of the page wants its data back; how that goes shows in the header.
      realTimeService.initialize().catch(() => undefined);
    }
  };

  return (
    <Example
      name="direct-service-usage"
      title="Direct service usage"
      intro="The service without React: initialize, look around, shut down."
      source={source}
    >
      <div className={styles.controls}>
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={phase !== 'ready'}
          onClick={() => void run()}
        >
          Run the example
        </button>
        <p className={styles.phase} role="status" data-phase={phase}>
          {phaseWords[phase]}
        </p>
      </div>
      {lines.length > 0 && (
        <pre className={styles.output} tabIndex={0} aria-label="What the example printed">
          {lines.join('\n')}
        </pre>
      )}
    </Example>
  );
}
