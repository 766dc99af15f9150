import type { EngagementWindow } from '@client/core/realtime';

import styles from './window-choice.module.css';
import { windowWords, windows } from './measures';

export interface WindowChoiceProps {
  readonly chosen: EngagementWindow;
  readonly onChoose: (window: EngagementWindow) => void;
}

/** Over how long rates are taken. */
export function WindowChoice({ chosen, onChoose }: WindowChoiceProps) {
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">Rates over the last</legend>
      {windows.map((window) => (
        <label key={window} className={styles.option} data-chosen={window === chosen}>
          <input
            className="visually-hidden"
            type="radio"
            name="window"
            value={window}
            checked={window === chosen}
            onChange={() => {
              onChoose(window);
            }}
          />
          {windowWords[window]}
        </label>
      ))}
    </fieldset>
  );
}
