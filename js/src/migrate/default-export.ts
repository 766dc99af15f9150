import { existsSync, readFileSync } from 'node:fs';

import { parseSource } from './syntax.js';

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs'];

/** The name that the module at `path`, given without ending, exports as its default; null when that cannot be told. */
export function defaultExportAt(path: string): string | null {
  const file = [path, `${path}/index`]
    .flatMap((base) => endings.map((ending) => base + ending))
    .find((candidate) => existsSync(candidate));
  return file === undefined ? null : defaultExportIn(readFileSync(file, 'utf8'), file);
}

function defaultExportIn(text: string, file: string): string | null {
  try {
    for (const statement of parseSource(text, file).program.body) {
      if (statement.type === 'ExportDefaultDeclaration') {
        const { declaration } = statement;
        if (declaration.type === 'Identifier') return declaration.name;
        return declaration.type === 'FunctionDeclaration' ? (declaration.id?.name ?? null) : null;
      }
      if (statement.type !== 'ExportNamedDeclaration' || statement.source) continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ExportSpecifier') continue;
        const { exported, local } = specifier;
        if (exported.type === 'Identifier' && exported.name === 'default') return local.name;
      }
    }
  } catch {
    // A module that does not parse tells nothing.
  }
  return null;
}
