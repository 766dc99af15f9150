import { randomUUID } from 'node:crypto';
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text with its byte order mark; null when the file is not UTF-8. */
export async function readText(file: string): Promise<string | null> {
  const bytes = await readFile(file);
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Whoever reads `file` meanwhile sees the old text or the new one. */
export async function writeText(file: string, text: string): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const { mode } = await stat(file);
    await writeFile(temporary, text, { flag: 'wx' });
    await chmod(temporary, mode);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
