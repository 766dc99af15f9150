import type { TypingIndicator } from '@client/core/realtime';

import { counted, joinWords } from '../format/words';
import { readText } from '../updates/fields';
import styles from './typing-line.module.css';

/** Who is typing, by name where names are known. Its place stays when nobody is, so that nothing jumps. */
export function TypingLine({ typing }: { typing: readonly TypingIndicator[] }) {
  return (
    <p className={styles.line} role="status" data-typing={typing.length}>
      {typing.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true" />
          {describeTyping(typing)}
        </>
      )}
    </p>
  );
}

const mostNames = 3;

function describeTyping(typing: readonly TypingIndicator[]): string {
  const names = typing.map(({ data }) => readText(data, 'user_name'));
  const known = names.filter((name) => name !== undefined).slice(0, mostNames);
  const others = typing.length - known.length;
  const verb = typing.length === 1 ? 'is' : 'are';
  if (known.length === 0) {
    return `${typing.length === 1 ? '1 person' : `${typing.length} people`} ${verb} typing…`;
  }
  const all = others === 0 ? known : [...known, counted(others, 'other')];
  return `${joinWords(all)} ${verb} typing…`;
}
