import styles from './connection-notice.module.css';
import { useConnection } from './use-connection';

/** Says that what the page shows may be old, why, and what can be done. Nothing while all is well. */
export function ConnectionNotice() {
  const { state, error, connect } = useConnection();
  if (state === 'connected' || state === 'connecting') return null;
  // Errors about the page's surroundings go on, after a first line that says what happened.
  const [reason = '', ...remedies] = (error ?? '').split('\n');
  const retry = (
    <button
      type="button"
      className="button"
      onClick={() => {
        // How it went shows in the connection's state.
        connect().catch(() => undefined);
      }}
    >
      {state === 'disconnected' ? 'Connect' : 'Try now'}
    </button>
  );
  return (
    <div className={styles.notice} data-state={state}>
      <div className={styles.text}>
        <p>
          <strong>{titles[state]}</strong>{' '}
          {state === 'failed' && reason !== '' ? reason : texts[state]}
        </p>
        {state === 'failed' && remedies.length > 0 && (
          <details>
            <summary>What whoever runs this page can do</summary>
            <p className={styles.remedies}>{remedies.join('\n')}</p>
          </details>
        )}
      </div>
      {retry}
    </div>
  );
}

const titles = {
  reconnecting: 'The connection was lost.',
  disconnected: 'There is no live connection.',
  closed: 'There is no live connection.',
  failed: 'The connection failed.',
} as const;

const command = <code>npm run demo</code>;

const texts = {
  reconnecting: (
    <>
      What you see may be out of date. The page keeps trying; if the gateway was stopped, start it
      with {command}.
    </>
  ),
  disconnected: 'What you see stays as it was.',
  closed: 'What you see stays as it was.',
  failed: <>No further attempt is made by itself. See that the gateway runs: {command}.</>,
} as const;
