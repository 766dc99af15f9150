import { Popover } from '../page/popover';
import { ConnectionPanel } from './connection-panel';
import { qualityWords, stateWords } from './connection-words';
import styles from './connection-status.module.css';
import { useConnection } from './use-connection';

/**
 * The connection in the page's header: a mark whose shape and colour change, and always words. Pressed, it says more.
 */
export function ConnectionStatus() {
  const { state, quality } = useConnection();
  const words = stateWords[state];
  return (
    <>
      <p className="visually-hidden" role="status" aria-label="Connection">
        {words}
        {state === 'connected' && `, quality ${qualityWords[quality]}`}
      </p>
      <Popover
        name="Connection"
        popover="connection"
        buttonClass={styles.button}
        button={
          <span className={styles.status} data-connection-state={state} data-quality={quality}>
            <svg
              className={styles.mark}
              viewBox="0 0 12 12"
              width="12"
              height="12"
              aria-hidden="true"
            >
              <circle className={styles.ring} cx="6" cy="6" r="4.500" />
              <path className={styles.cross} d="M3.500 3.500l5 5m0-5l-5 5" />
            </svg>
            <span>
              <span className="visually-hidden">Connection: </span>
              {words}
            </span>
            {state === 'connected' && (
              <span className={styles.quality}>
                <span className={styles.qualityWord}>quality </span>
                {qualityWords[quality]}
              </span>
            )}
          </span>
        }
      >
        <ConnectionPanel />
      </Popover>
    </>
  );
}
