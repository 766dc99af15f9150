import { defaultExportAt } from './default-export.js';
import { successorOf, type LegacyExport, type LegacyModule } from './legacy-modules.js';

/** The exports of one legacy module, as one file sees it: the default export is known when its text is at hand. */
export class LegacyNames {
  private defaultName: string | null | undefined;

  constructor(
    readonly module: LegacyModule,
    private readonly path: string | null,
  ) {}

  export(name: string): LegacyExport {
    if (name !== 'default') return successorOf(this.module, name);
    this.defaultName ??= this.path === null ? null : defaultExportAt(this.path);
    if (this.defaultName !== null) return successorOf(this.module, this.defaultName);
    return {
      kind: 'none',
      reason: `what ${this.module.name} exports as its default cannot be told from its source`,
    };
  }
}
