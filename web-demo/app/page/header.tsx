import { ConnectionStatus } from '../connection/connection-status';
import { billsAddress, examplesAddress, type Route } from '../routing/route';
import { ThemeToggle } from '../theme/theme-toggle';
import styles from './header.module.css';

export function Header({ route }: { route: Route['name'] }) {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <a className={styles.brand} href={billsAddress}>
          <svg
            className={styles.mark}
            viewBox="0 0 32 32"
            width="32"
            height="32"
            aria-hidden="true"
          >
            <rect width="32" height="32" rx="7" fill="currentColor" />
            <path
              className={styles.pillars}
              d="M16 5 5 11v2h22v-2zM7 15h3v8H7zm7.500 0h3v8h-3zm7.500 0h3v8h-3zM5 25h22v2.500H5z"
            />
          </svg>
          <span className={styles.name}>Billwatch</span>
        </a>
        <nav className={styles.nav} aria-label="Main">
          <a
            href={billsAddress}
            aria-current={route === 'bills' || route === 'bill' ? 'page' : undefined}
          >
            Bills
          </a>
          <a href={examplesAddress} aria-current={route === 'examples' ? 'page' : undefined}>
            Examples
          </a>
        </nav>
        <div className={styles.end}>
          <ConnectionStatus />
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
