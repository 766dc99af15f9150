import type { ReactNode } from 'react';

export interface FiguresProps {
  /** Names and what they are. */
  readonly of: readonly (readonly [name: string, value: ReactNode])[];
}

/** Names and values. */
export function Figures({ of }: FiguresProps): ReactNode {
  return (
    <dl className="civic-devtools-figures">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
