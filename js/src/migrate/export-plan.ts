import type { NodePath } from '@babel/traverse';
import type { ExportAllDeclaration, ExportNamedDeclaration } from '@babel/types';

import { replaceLiteral, replaceNode, type Edit } from './edit.js';
import type { LegacyNames } from './legacy-names.js';
import { leftUnchanged, toCheck, type Remark } from './remark.js';

/** What `export … from` a legacy module becomes. Others keep the names they see. */
export function planExport(
  { node }: NodePath<ExportAllDeclaration | ExportNamedDeclaration>,
  names: LegacyNames,
  target: string,
): { edits: Edit[]; problems: Remark[]; checks: Remark[] } {
  if (node.type === 'ExportAllDeclaration' || !node.source) {
    const text = 'everything is exported, and the new module has other names; name what is needed';
    return { edits: [], problems: [leftUnchanged(node, text)], checks: [] };
  }
  const edits = [replaceLiteral(node.source, target)];
  const problems: Remark[] = [];
  const checks: Remark[] = [];
  for (const specifier of node.specifiers) {
    if (specifier.type !== 'ExportSpecifier') {
      problems.push(
        leftUnchanged(specifier, 'the whole module is exported, and the new one has other names'),
      );
      continue;
    }
    const { local, exported } = specifier;
    const legacy = names.export(local.name);
    if (legacy.kind === 'none') {
      problems.push(leftUnchanged(specifier, legacy.reason));
    } else if (legacy.kind === 'community') {
      problems.push(leftUnchanged(specifier, `no single object took the place of ${local.name}`));
    } else {
      checks.push(toCheck(specifier, 'exported, and what others do with it was not followed'));
      if (legacy.successor === local.name) continue;
      const isAliased = exported.start !== local.start;
      edits.push(
        replaceNode(local, isAliased ? legacy.successor : `${legacy.successor} as ${local.name}`),
      );
    }
  }
  return { edits: problems.length === 0 ? edits : [], problems, checks };
}
