import type { NodePath } from '@babel/traverse';

import { replaceUse, type Edit } from './edit.js';
import type { LegacyExport } from './legacy-modules.js';
import type { CommunityTarget, UseCheck } from './use-check.js';

/** One variable that holds a legacy value, and all its uses. */
export class NameUses {
  private readonly targets: ReadonlyMap<NodePath, CommunityTarget>;

  /** Every problem with a use goes to `check`. */
  constructor(
    readonly legacy: LegacyExport,
    readonly name: string,
    readonly references: readonly NodePath[],
    check: UseCheck,
  ) {
    this.targets = new Map(references.map((path) => [path, checkUse(legacy, path, check)]));
  }

  /** The edits that make every use one of the successor, which `name` stands for. */
  renamedTo(name: string): Edit[] {
    return [...this.targets].flatMap(([path, target]) => {
      const text = target === 'community' ? `${name}.getCommunityService()` : name;
      return text === this.name ? [] : [replaceUse(path, this.name, text)];
    });
  }
}

/** Looks at one use of a legacy value; the answer is the object on which it goes on. */
export function checkUse(legacy: LegacyExport, path: NodePath, check: UseCheck): CommunityTarget {
  switch (legacy.kind) {
    case 'service':
      check.service(path);
      return 'service';
    case 'hook':
      check.hook(path);
      return 'service';
    case 'community':
      return check.community(path);
    case 'none':
      check.problem(path.node, legacy.reason);
      return 'service';
  }
}
