import styles from './bill-example.module.css';
import { Example, type ExampleProps } from './example';

/** An example that shows something without being asked. */
export function PlainExample({ children, ...example }: ExampleProps) {
  return (
    <Example {...example}>
      <div
        className={styles.output}
        tabIndex={0}
        role="region"
        aria-label={`What ${example.title} shows`}
      >
        {children}
      </div>
    </Example>
  );
}
