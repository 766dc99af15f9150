import { DevtoolsToggle } from '../devtools/devtools-toggle';
import { replayAddress } from '../routing/route';
import styles from './footer.module.css';

export function Footer() {
  return (
    <footer className={styles.footer}>
      <p>Billwatch is the demonstration page of civic-realtime.</p>
      <p className={styles.links}>
        <DevtoolsToggle />
        <a href={replayAddress}>Count a replay</a>
      </p>
    </footer>
  );
}
