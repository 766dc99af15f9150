import { useId } from 'react';

import styles from './choice.module.css';

export interface ChoiceProps<Value extends string> {
  /** What is chosen, for those who do not see it. */
  readonly legend: string;
  readonly options: readonly { readonly value: Value; readonly words: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({
  legend,
  options,
  chosen,
  onChoose,
}: ChoiceProps<Value>) {
  const group = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">{legend}</legend>
      {options.map(({ value, words }) => (
        <label key={value} className={styles.option} data-chosen={value === chosen}>
          <input
            className="visually-hidden"
            type="radio"
            name={group}
            value={value}
            checked={value === chosen}
            onChange={() => {
              onChoose(value);
            }}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
