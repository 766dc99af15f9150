import { createTwoFilesPatch } from 'diff';

/** A unified diff that `git apply` and `patch -p1` take. */
export function patchOf(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, '', '', {
    context: 3,
  });
  return patch.replace(/^=+\n/, '').replace(/^((?:---|\+\+\+) [^\t\n]*)\t$/gm, '$1');
}
