import { useSyncExternalStore } from 'react';

import { chooseTheme, currentTheme, watchTheme } from './theme';
import styles from './theme-toggle.module.css';

export function ThemeToggle() {
  const theme = useSyncExternalStore(watchTheme, currentTheme);
  const isDark = theme === 'dark';
  return (
    <button
      type="button"
      className={`round-button ${styles.toggle}`}
      aria-pressed={isDark}
      title={isDark ? 'Switch to the light theme' : 'Switch to the dark theme'}
      onClick={() => {
        chooseTheme(isDark ? 'light' : 'dark');
      }}
    >
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
      <span className="visually-hidden">Dark theme</span>
    </button>
  );
}
