import { useId } from 'react';

import { useVisitor } from './use-visitor';
import { renameVisitor } from './visitor';
import styles from './visitor-name.module.css';

/** Where visitors say what others shall call them. */
export function VisitorName() {
  const { name } = useVisitor();
  const id = useId();
  return (
    <p className={styles.line}>
      <label htmlFor={id}>Your name</label>
      <input
        id={id}
        className={`field ${styles.input}`}
        type="text"
        value={name}
        maxLength={40}
        placeholder="as the gateway calls you"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          renameVisitor(event.target.value);
        }}
      />
    </p>
  );
}
