import { join } from 'node:path';

import { migrateText } from '../../../js/src/migrate/migrate-text.js';
import { ModuleFinder } from '../../../js/src/migrate/module-finder.js';

export interface Migrated {
  readonly text: string;
  /** Each as `line:column kind text`. */
  readonly remarks: readonly string[];
}

const folder = '/application/client/src';

/** Migrates one text, as that of a file of an application without TypeScript configuration. */
export function migrate(
  text: string,
  { file = 'components/panel.tsx', target = '@client/core/realtime' } = {},
): Migrated {
  const path = join(folder, file);
  const migrated = migrateText(text, path, new ModuleFinder([path]), target);
  return {
    text: migrated.text,
    remarks: migrated.remarks.map(
      ({ kind, before, text: reason }) => `${before.line}:${before.column} ${kind} ${reason}`,
    ),
  };
}
