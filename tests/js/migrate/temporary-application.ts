import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

/** An application in a folder of its own, until the test is over. */
export class TemporaryApplication {
  readonly folder = mkdtempSync(join(tmpdir(), 'civic-realtime-migrate-'));

  constructor(files: Readonly<Record<string, string>>) {
    onTestFinished(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Names of all files, and of nothing that a link leads to. */
  get files(): string[] {
    return this.filesIn('.').sort();
  }

  private filesIn(folder: string): string[] {
    return readdirSync(join(this.folder, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = join(folder, entry.name);
      if (entry.isDirectory()) return this.filesIn(name);
      return entry.isFile() ? [name] : [];
    });
  }
}
