import { ConnectionStatus } from '../connection/connection-status';
import { NotificationBell } from '../notifications/notification-bell';
import {
  billsAddress,
  compareAddress,
  examplesAddress,
  expertsAddress,
  trendingAddress,
  type Route,
} from '../routing/route';
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
          {places.map(({ name, address, routes }) => (
            <a
              key={address}
              href={address}
              aria-current={routes.includes(route) ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
        <div className={styles.end}>
          <ConnectionStatus />
          <NotificationBell />
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}

const places: readonly {
  readonly name: string;
  readonly address: string;
  readonly routes: readonly Route['name'][];
}[] = [
  { name: 'Bills', address: billsAddress, routes: ['bills', 'bill'] },
  { name: 'Trending', address: trendingAddress, routes: ['trending'] },
  { name: 'Experts', address: expertsAddress, routes: ['experts'] },
  { name: 'Compare', address: compareAddress, routes: ['compare'] },
  { name: 'Examples', address: examplesAddress, routes: ['examples'] },
];
