import type { Binding, NodePath, Scope } from '@babel/traverse';

import type { SourceProgram } from './source-program.js';

/** Which names can be given to variables of one file. */
export class VariableNames {
  private readonly claimed = new Set<string>();

  constructor(private readonly program: SourceProgram) {}

  /**
   * Takes `name` for a variable of `scope` that is used at `references`. False when it means something else at one of
   * these places, or was taken before.
   */
  claim(name: string, scope: Scope, references: readonly NodePath[]): boolean {
    if (this.claimed.has(name) || !this.isFree(name, scope, references)) return false;
    this.claimed.add(name);
    return true;
  }

  /** Whether `name` means `binding`, or what was claimed, at all of `references`. */
  means(name: string, binding: Binding | undefined, references: readonly NodePath[]): boolean {
    if (binding === undefined && !this.claimed.has(name)) return false;
    return references.every(({ scope }) => scope.getBinding(name) === binding);
  }

  private isFree(name: string, scope: Scope, references: readonly NodePath[]): boolean {
    if (this.program.isUncertain(name) || this.program.scope.hasGlobal(name)) return false;
    return [scope, ...references.map((path) => path.scope)].every(
      (place) => place.getBinding(name) === undefined,
    );
  }
}
