import { relative } from 'node:path';

import { migrateText, type PlacedRemark } from './migrate-text.js';
import { ModuleFinder } from './module-finder.js';
import { patchOf } from './patch.js';
import { readText, writeText } from './source-file.js';
import { SourceFolder } from './source-folder.js';

export interface MigrationOptions {
  /** Absolute. */
  readonly folder: string;
  /** The module that new imports name. */
  readonly target: string;
  /** What `@client` stands for, absolute; null to find out. */
  readonly clientFolder: string | null;
  /** Changes nothing and writes a unified diff instead. */
  readonly isDry: boolean;
  /** File names in the output are relative to this folder. */
  readonly workingFolder: string;
  readonly write: (text: string) => void;
}

/** Migrates every source file of a folder, and writes what was done and what was not. */
export class Migration {
  private changed = 0;
  private failed = 0;
  private unreadable = 0;
  private readonly remarks: PlacedRemark[] = [];
  private readonly lines: string[] = [];

  constructor(private readonly options: MigrationOptions) {}

  /** Returns whether every file could be read and written. */
  async run(): Promise<boolean> {
    const { clientFolder, folder, write } = this.options;
    const { files, problems } = await SourceFolder.read(folder);
    for (const { path, error } of problems) this.fail(path, error);
    const finder = new ModuleFinder(files, clientFolder);
    const legacyFiles = files.filter((file) => finder.isLegacyFile(file));
    for (const file of files) {
      if (legacyFiles.includes(file)) continue;
      try {
        await this.migrate(file, finder);
      } catch (error) {
        this.fail(file, error);
      }
    }
    for (const file of legacyFiles) {
      this.lines.push(
        `${this.nameOf(file)}: a legacy module itself; delete it when nothing imports it`,
      );
    }
    for (const line of [...this.lines, this.summary(files.length)]) write(`${line}\n`);
    return this.failed === 0;
  }

  private async migrate(file: string, finder: ModuleFinder): Promise<void> {
    const { isDry, target, write } = this.options;
    const name = this.nameOf(file);
    const before = await readText(file);
    if (before === null) {
      this.unreadable += 1;
      this.lines.push(`${name}: left unchanged: it is not UTF-8`);
      return;
    }
    const { text, remarks } = migrateText(before, file, finder, target);
    if (text !== before) {
      if (isDry) write(patchOf(name, before, text));
      else await writeText(file, text);
      this.changed += 1;
    }
    this.remarks.push(...remarks);
    for (const remark of remarks) {
      const { line, column } = isDry ? remark.before : remark.after;
      const kind = remark.kind === 'check' ? 'please check' : 'left unchanged';
      this.lines.push(`${name}:${line}:${column}: ${kind}: ${remark.text}`);
    }
  }

  private fail(file: string, error: unknown): void {
    this.failed += 1;
    const reason = error instanceof Error ? error.message : String(error);
    this.lines.push(`${this.nameOf(file)}: failed: ${reason}`);
  }

  private nameOf(file: string): string {
    return relative(this.options.workingFolder, file).replaceAll('\\', '/');
  }

  private summary(files: number): string {
    const unchanged = this.remarks.filter(({ kind }) => kind === 'unchanged').length;
    const toCheck = this.remarks.length - unchanged;
    const parts = [
      `${count(this.changed, 'file')} ${this.options.isDry ? 'would change' : 'changed'}`,
      `${count(unchanged + this.unreadable, 'place')} left unchanged for you to decide`,
      `${count(toCheck, 'place')} to check`,
      ...(this.failed > 0 ? [`${this.failed} not read or written`] : []),
    ];
    return `${parts.join(', ')} (${count(files, 'source file')}).`;
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
