import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const sourceFile = /\.[mc]?[jt]sx?$/;
const skipped = new Set(['node_modules', '.git', 'dist', 'build']);

/** The source files below a folder, in the order of their names. Symbolic links are not followed. */
export class SourceFolder {
  readonly files: string[] = [];
  /** Folders that could not be read. */
  readonly problems: { readonly path: string; readonly error: unknown }[] = [];

  static async read(path: string): Promise<SourceFolder> {
    const folder = new SourceFolder();
    await folder.add(path);
    return folder;
  }

  private async add(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      this.problems.push({ path: folder, error });
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) await this.add(path);
      else if (entry.isFile() && sourceFile.test(entry.name)) this.files.push(path);
    }
  }
}
