import { useState, type ReactNode } from 'react';

import { captureConsole } from './console-capture';
import { Example, type ExampleProps } from './example';
import styles from './runnable-example.module.css';

export interface RunnableExampleProps extends Omit<ExampleProps, 'children'> {
  /** Runs the example. What it writes to the console shows on the page; what it resolves to is rendered. */
  readonly run: () => Promise<ReactNode>;
  /** What is said when it is over. */
  readonly done: string;
  readonly isRepeatable?: boolean;
}

type Phase = 'ready' | 'running' | 'done' | 'failed';

/** An example that runs when somebody says so. */
export function RunnableExample({
  run,
  done,
  isRepeatable = false,
  ...example
}: RunnableExampleProps) {
  const [phase, setPhase] = useState<Phase>('ready');
  const [lines, setLines] = useState<readonly string[]>([]);
  const [result, setResult] = useState<ReactNode>(null);
  const words: Readonly<Record<Phase, string>> = {
    ready: 'Not run yet.',
    running: 'Running…',
    done,
    failed: 'The example failed.',
  };
  const write = (line: string): void => {
    setLines((before) => [...before, line]);
  };

  const start = async (): Promise<void> => {
    setPhase('running');
    setLines([]);
    const release = captureConsole(write);
    try {
      setResult(await run());
      setPhase('done');
    } catch (error) {
      write(String(error));
      setPhase('failed');
    } finally {
      release();
    }
  };

  const mayRun = phase === 'ready' || (isRepeatable && phase !== 'running');
  return (
    <Example {...example}>
      <div className={styles.controls}>
        <button
          type="button"
          className="button"
          data-kind="primary"
          disabled={!mayRun}
          onClick={() => void start()}
        >
          Run the example
        </button>
        <p className={styles.phase} role="status" data-phase={phase}>
          {words[phase]}
        </p>
      </div>
      {lines.length > 0 && (
        <pre className={styles.output} tabIndex={0} aria-label="What the example printed">
          {lines.join('\n')}
        </pre>
      )}
      {result !== null && result !== undefined && (
        <div
          className={styles.output}
          tabIndex={0}
          role="region"
          aria-label={`What ${example.title} shows`}
        >
          {result}
        </div>
      )}
    </Example>
  );
}
