import type { NodePath } from '@babel/traverse';
import type { ImportDeclaration, ImportSpecifier } from '@babel/types';

import { replaceLiteral, type Edit } from './edit.js';
import type { LegacyNames } from './legacy-names.js';
import { NameUses } from './name-uses.js';
import { NamespaceUses } from './namespace-uses.js';
import type { SourceProgram } from './source-program.js';
import { UseCheck } from './use-check.js';
import type { VariableNames } from './variable-names.js';

/** One legacy name that an import brings in. */
export interface ImportedName {
  readonly successor: string;
  readonly local: string;
  readonly uses: NameUses;
  readonly isType: boolean;
  /** The name in braces that stands for it; null for a default import. */
  readonly node: ImportSpecifier | null;
  /** The new name need not be the old local one. */
  readonly isRenamed: boolean;
}

/** What an import of a legacy module would become; its text changes only if `check` has no problem. */
export class ImportPlan {
  readonly check = new UseCheck();
  readonly imported: ImportedName[] = [];
  /** Names that nothing uses and that have no successor. */
  dropped = 0;
  private readonly namespace: NamespaceUses | null = null;

  constructor(
    readonly path: NodePath<ImportDeclaration>,
    private readonly names: LegacyNames,
    private readonly program: SourceProgram,
  ) {
    const { node } = path;
    const whole = node.specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier');
    if (node.specifiers.length === 0) {
      this.check.problem(node, 'importing the new module for its effect alone does nothing');
    } else if ((node.attributes ?? []).length > 0 || node.phase != null) {
      this.check.problem(node, 'an import with attributes or a phase is not understood');
    } else if (whole === undefined) {
      for (const specifier of node.specifiers) this.add(specifier);
    } else if (node.specifiers.length > 1) {
      this.check.problem(node, 'a default and a whole module in one import are not understood');
    } else {
      this.namespace = new NamespaceUses(names, this.check);
      for (const use of this.referencesOf(whole)) this.namespace.use(use);
    }
  }

  get isNamespace(): boolean {
    return this.namespace !== null;
  }

  get isTypeOnly(): boolean {
    return this.path.node.importKind === 'type';
  }

  /** The edits of an `import * as`. */
  namespaceEdits(target: string, names: VariableNames): Edit[] {
    if (this.namespace === null) return [];
    return [replaceLiteral(this.path.node.source, target), ...this.namespace.edits(names)];
  }

  private add(specifier: ImportDeclaration['specifiers'][number]): void {
    const node = specifier.type === 'ImportSpecifier' ? specifier : null;
    const name = node === null ? 'default' : exportedName(node);
    const local = specifier.local.name;
    const references = this.referencesOf(specifier);
    const legacy = this.names.export(name);
    const isUnused = references.length === 0;
    if (isUnused && (legacy.kind === 'none' || legacy.kind === 'community') && name !== 'default') {
      this.dropped += 1;
      return;
    }
    if (legacy.kind === 'none') {
      this.check.problem(specifier, legacy.reason);
      return;
    }
    this.imported.push({
      successor: legacy.successor,
      local,
      uses: new NameUses(legacy, local, references, this.check),
      isType: this.isTypeOnly || node?.importKind === 'type',
      node,
      isRenamed:
        legacy.kind === 'community' ||
        (legacy.kind === 'service' && this.names.module.exports.get(local)?.kind === 'service'),
    });
  }

  private referencesOf(specifier: ImportDeclaration['specifiers'][number]): readonly NodePath[] {
    const { name } = specifier.local;
    const binding = this.program.scope.getBinding(name);
    if (binding?.constant === true && !this.program.isUncertain(name))
      return binding.referencePaths;
    this.check.problem(specifier, `what ${name} means is not clear everywhere in this file`);
    return [];
  }
}

export function exportedName({ imported }: ImportSpecifier): string {
  return imported.type === 'Identifier' ? imported.name : imported.value;
}
