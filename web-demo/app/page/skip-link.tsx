import styles from './skip-link.module.css';

/** The first thing the Tab key reaches. The address belongs to the routes, so the focus is moved by hand. */
export function SkipLink() {
  return (
    <a
      className={styles.skip}
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      Skip to content
    </a>
  );
}
