import type { NodePath } from '@babel/traverse';

import { replaceNode, type Edit } from './edit.js';
import type { LegacyNames } from './legacy-names.js';
import { checkUse, NameUses } from './name-uses.js';
import type { UseCheck } from './use-check.js';
import { staticName } from './use-rules.js';
import type { VariableNames } from './variable-names.js';

const notFollowed = 'the module is handed on whole here, so its uses cannot all be seen';

/** The uses of a whole legacy module: of `import * as`, of what `import()` and `require` give. */
export class NamespaceUses {
  private readonly changes: ((names: VariableNames) => Edit[])[] = [];

  constructor(
    private readonly names: LegacyNames,
    private readonly check: UseCheck,
  ) {}

  edits(names: VariableNames): Edit[] {
    return this.changes.flatMap((change) => change(names));
  }

  /** `path` is an expression that is the module, or a promise of it. */
  use(path: NodePath, isPromise = false): void {
    const parent = path.parentPath;
    const { node } = path;
    if (parent === null) return;
    const outer = parent.node;
    if (outer.type === 'AwaitExpression' || outer.type === 'TSNonNullExpression') {
      this.use(parent, isPromise && outer.type !== 'AwaitExpression');
    } else if (outer.type === 'MemberExpression' && outer.object === node) {
      if (isPromise) this.then(parent);
      else this.member(parent, parent.get('property'), outer.computed);
    } else if (outer.type === 'TSQualifiedName' && outer.left === node) {
      this.member(parent, parent.get('right'), false);
    } else if (outer.type === 'VariableDeclarator' && outer.init === node && !isPromise) {
      this.variable(parent.get('id') as NodePath);
    } else {
      this.check.problem(node, notFollowed);
    }
  }

  private member(path: NodePath, property: NodePath, computed: boolean): void {
    const name = computed ? null : staticName(property.node, false);
    if (name === null) {
      this.check.problem(path.node, notFollowed);
      return;
    }
    const legacy = this.names.export(name);
    const target = checkUse(legacy, path, this.check);
    if (legacy.kind === 'none') return;
    const text = legacy.successor + (target === 'community' ? '.getCommunityService()' : '');
    if (text !== name) this.changes.push(() => [replaceNode(property.node, text)]);
  }

  /** `import('…').then(callback)` */
  private then(path: NodePath): void {
    const call = path.parentPath;
    const isThen =
      path.isMemberExpression() && staticName(path.node.property, path.node.computed) === 'then';
    const callback =
      isThen && call?.isCallExpression() === true
        ? (call.get('arguments.0') as NodePath)
        : undefined;
    const parameter =
      callback?.isArrowFunctionExpression() === true || callback?.isFunctionExpression() === true
        ? (callback.get('params.0') as NodePath)
        : undefined;
    if (parameter?.node == null) this.check.problem(path.node, notFollowed);
    else this.variable(parameter);
  }

  private variable(path: NodePath): void {
    if (path.isIdentifier()) {
      for (const use of this.referencesOf(path) ?? []) this.use(use);
    } else if (path.isObjectPattern()) {
      for (const property of path.get('properties')) this.property(property);
    } else {
      this.check.problem(path.node, notFollowed);
    }
  }

  private property(path: NodePath): void {
    const value = path.isObjectProperty() ? (path.get('value') as NodePath) : path;
    const name = path.isObjectProperty() ? staticName(path.node.key, path.node.computed) : null;
    if (name === null || !path.isObjectProperty() || !value.isIdentifier()) {
      this.check.problem(path.node, notFollowed);
      return;
    }
    const references = this.referencesOf(value);
    if (references === null) return;
    const legacy = this.names.export(name);
    if (legacy.kind === 'none') {
      this.check.problem(path.node, legacy.reason);
      return;
    }
    const { successor } = legacy;
    const local = value.node.name;
    const uses = new NameUses(legacy, local, references, this.check);
    const isExported = references.some((use) => use.node.type === 'ExportNamedDeclaration');
    const { shorthand } = path.node;
    const key = path.node.key;
    this.changes.push((names) => {
      if (successor === name) return uses.renamedTo(local);
      const claims = shorthand && !isExported && names.claim(successor, value.scope, references);
      if (claims) return [replaceNode(value.node, successor), ...uses.renamedTo(successor)];
      const edit = shorthand
        ? replaceNode(value.node, `${successor}: ${local}`)
        : replaceNode(key, successor);
      return [edit, ...uses.renamedTo(local)];
    });
  }

  /** Null when there is no variable whose every use is known. */
  private referencesOf(path: NodePath): readonly NodePath[] | null {
    const binding = path.isIdentifier() ? path.scope.getBinding(path.node.name) : undefined;
    if (binding?.constant === true) return binding.referencePaths;
    this.check.problem(path.node, notFollowed);
    return null;
  }
}
