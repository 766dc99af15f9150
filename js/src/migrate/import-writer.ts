import type { ImportDeclaration, ImportSpecifier } from '@babel/types';

import { rangeOf, replaceLiteral, replaceNode, type Edit } from './edit.js';
import { ImportClause } from './import-clause.js';
import { exportedName, type ImportedName, type ImportPlan } from './import-plan.js';
import { leftUnchanged, type Remark } from './remark.js';
import type { SourceProgram } from './source-program.js';
import type { VariableNames } from './variable-names.js';

/** One name in braces, as it will be. */
interface Wanted {
  readonly imported: string;
  readonly local: string;
  readonly isType: boolean;
  readonly node: ImportSpecifier | null;
}

interface Written {
  readonly plan: ImportPlan;
  readonly clause: ImportClause;
  readonly wanted: readonly Wanted[];
}

/**
 * Writes the imports of one file. Names that are there already are used again, and imports of the new module become one,
 * except where a comment belongs to an import.
 */
export class ImportWriter {
  readonly problems: Remark[] = [];
  readonly edits: Edit[] = [];
  /** The name under which a variable of the whole file holds the service, by whether it is a type only. */
  private readonly service = new Map<boolean, string>();
  private readonly existing: readonly ImportDeclaration[];

  constructor(
    private readonly program: SourceProgram,
    private readonly target: string,
    private readonly names: VariableNames,
  ) {
    this.existing = program.imports
      .map(({ node }) => node)
      .filter(({ source }) => source.value === target);
    for (const specifier of this.existing.flatMap(({ specifiers }) => specifiers)) {
      if (specifier.type !== 'ImportSpecifier' || exportedName(specifier) !== 'realTimeService')
        continue;
      const isType = isTypeOnly(specifier) || this.isTypeImport(specifier);
      this.service.set(isType, specifier.local.name);
    }
  }

  /** Returns the plans that are carried out. */
  write(plans: readonly ImportPlan[]): ImportPlan[] {
    const done: Written[] = [];
    // A variable can stand for a type as well, a type for no variable.
    const values = plans.filter(({ isTypeOnly: isType }) => !isType);
    for (const plan of [...values, ...plans.filter((other) => !values.includes(other))]) {
      const clause = new ImportClause(plan.path.node, this.program);
      if (plan.isNamespace) {
        this.edits.push(...plan.namespaceEdits(this.target, this.names));
        done.push({ plan, clause, wanted: [] });
      } else if (clause.hasOwnComments && (plan.dropped > 0 || clause.hasDefault)) {
        const text = 'a name has to go from this import, and a comment belongs to it';
        this.problems.push(leftUnchanged(plan.path.node, text));
      } else {
        const wanted = plan.imported.flatMap(
          (name) => this.name(name, clause.hasOwnComments) ?? [],
        );
        done.push({ plan, clause, wanted });
      }
    }
    const named = done.filter(({ plan }) => !plan.isNamespace);
    this.writeKind(
      named.filter(({ plan }) => !plan.isTypeOnly),
      'value',
    );
    this.writeKind(
      named.filter(({ plan }) => plan.isTypeOnly),
      'type',
    );
    return done.map(({ plan }) => plan);
  }

  /** Chooses the name of the variable and renames its uses; null when another import has it. */
  private name(name: ImportedName, mustStay: boolean): Wanted | null {
    const { successor, local, uses, isType, node } = name;
    const { scope } = this.program;
    let chosen = local;
    if (name.isRenamed) {
      const shared = this.service.get(false) ?? (isType ? this.service.get(true) : undefined);
      const isShared =
        shared !== undefined &&
        !mustStay &&
        this.names.means(shared, scope.getBinding(shared), uses.references);
      if (isShared) {
        this.edits.push(...uses.renamedTo(shared));
        return null;
      }
      if (this.names.claim(successor, scope, uses.references)) {
        chosen = successor;
        this.service.set(isType, successor);
      }
    }
    this.edits.push(...uses.renamedTo(chosen));
    return { imported: successor, local: chosen, isType, node };
  }

  /** All imports of values, or all of types only. */
  private writeKind(written: readonly Written[], kind: 'value' | 'type'): void {
    const existing = this.existing
      .filter(({ importKind }) => (importKind === 'type') === (kind === 'type'))
      .map((node) => new ImportClause(node, this.program))
      .find(({ takesNames }) => takesNames);
    const byPlace = [...written].sort((a, b) => a.clause.start - b.clause.start);
    const first =
      existing === undefined ? byPlace.find(({ wanted }) => wanted.length > 0) : undefined;
    const added: Wanted[] = [];
    for (const one of byPlace) {
      if (one === first) continue;
      if (one.clause.hasOwnComments) this.writeInPlace(one, []);
      else {
        added.push(...one.wanted);
        this.edits.push(one.clause.removal());
      }
    }
    if (first !== undefined) this.writeInPlace(first, added);
    else if (existing !== undefined && added.length > 0) {
      this.edits.push(existing.addition(added.map((name) => textOf(name, kind))));
    }
  }

  private writeInPlace({ plan, clause, wanted }: Written, added: readonly Wanted[]): void {
    const { node } = plan.path;
    const kind = plan.isTypeOnly ? 'type' : 'value';
    this.edits.push(replaceLiteral(node.source, this.target));
    const keepsAll = wanted.length === node.specifiers.length && wanted.every((name) => name.node);
    if (!keepsAll) {
      const all = [...wanted, ...added].map((name) => textOf(name, kind));
      this.edits.push(clause.replacement(all));
      return;
    }
    for (const name of wanted) if (name.node !== null) this.edits.push(...renamed(name, name.node));
    if (added.length > 0) this.edits.push(clause.addition(added.map((name) => textOf(name, kind))));
  }

  private isTypeImport(specifier: ImportSpecifier): boolean {
    return this.existing.some(
      ({ importKind, specifiers }) => importKind === 'type' && specifiers.includes(specifier),
    );
  }
}

/** Changes of one name in braces, and of nothing around it. */
function renamed({ imported, local }: Wanted, node: ImportSpecifier): Edit[] {
  const isAliased = rangeOf(node.imported).start !== rangeOf(node.local).start;
  if (isAliased && local === node.local.name)
    return imported === exportedName(node) ? [] : [replaceNode(node.imported, imported)];
  const text = imported === local ? imported : `${imported} as ${local}`;
  const range = { start: rangeOf(node.imported).start, end: rangeOf(node.local).end };
  return local === node.local.name && imported === exportedName(node) ? [] : [{ ...range, text }];
}

function textOf({ imported, local, isType }: Wanted, kind: 'value' | 'type'): string {
  const name = imported === local ? imported : `${imported} as ${local}`;
  return isType && kind === 'value' ? `type ${name}` : name;
}

function isTypeOnly({ importKind }: ImportSpecifier): boolean {
  return importKind === 'type';
}
