/**
 * Makes programs of a newer Debian run on this system: interpreter and library search path of every
 * program point to the C library and the libraries that were unpacked next to it.
 */
import { open, readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

import { attempt, run } from '../command.mjs';
import { Problem } from '../problem.mjs';

/**
 * Paths are written for `installedRoot`, so that the tree can be prepared in one place and then
 * moved to its final one.
 *
 * @param {string} unpackedRoot where the tree is now; contains Debian's `patchelf`
 * @param {string} installedRoot where the tree is going to be
 */
export async function adaptPrograms(unpackedRoot, installedRoot) {
  const loader = await findLoader(unpackedRoot);
  const libraryFolder = dirname(loader);
  const llvmRoot = join('usr/lib', await findLlvm(unpackedRoot));
  const searchPath = [libraryFolder, join(llvmRoot, 'lib')]
    .map((folder) => join(installedRoot, folder))
    .join(':');
  const interpreter = join(installedRoot, loader);

  const patch = (/** @type {string[]} */ ...args) =>
    run(
      join(unpackedRoot, loader),
      [
        '--library-path',
        join(unpackedRoot, libraryFolder),
        join(unpackedRoot, 'usr/bin/patchelf'),
        ...args,
      ],
      { output: 'capture', purpose: 'Adapting a program to this system' },
    );

  const programs = [
    ...(await elfFiles(join(unpackedRoot, llvmRoot, 'bin'))),
    ...(await elfFiles(join(unpackedRoot, 'usr/bin'), /^wasm-/)),
  ];
  // Only the DT_RPATH of a program (not a DT_RUNPATH, which patchelf writes by default) is also
  // searched for the libraries of its libraries.
  const tasks = programs.map(
    (file) => () =>
      patch('--set-interpreter', interpreter, '--force-rpath', '--set-rpath', searchPath, file),
  );
  // A library with a RUNPATH of its own hides the program's search path from what it loads.
  for (const folder of [libraryFolder, join(llvmRoot, 'lib')]) {
    for (const file of await elfFiles(join(unpackedRoot, folder), /\.so\b/)) {
      tasks.push(async () => {
        const { stdout } = await patch('--print-rpath', file);
        if (stdout.trim() === '') return { code: 0, stdout, stderr: '' };
        return patch('--force-rpath', '--set-rpath', searchPath, file);
      });
    }
  }
  await inParallel(tasks);
}

/**
 * @param {string} root
 * @returns {Promise<string>} for example `llvm-21`
 */
export async function findLlvm(root) {
  const folders = await readdir(join(root, 'usr/lib'));
  const found = folders.find((name) => /^llvm-\d+$/.test(name));
  if (!found) throw new Problem('The unpacked Emscripten has no LLVM.');
  return found;
}

/** @param {string} root */
async function findLoader(root) {
  for (const folder of await readdir(join(root, 'usr/lib'))) {
    if (!folder.includes('-linux-gnu')) continue;
    const files = await readdir(join(root, 'usr/lib', folder));
    const loader = files.find((name) => /^ld-linux.*\.so\.\d+$/.test(name));
    if (loader) return join('usr/lib', folder, loader);
  }
  throw new Problem('The unpacked Emscripten has no C library.');
}

/**
 * @param {string} folder
 * @param {RegExp} [pattern]
 */
async function elfFiles(folder, pattern = /./) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !pattern.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (await isElf(path)) found.push(path);
  }
  return found;
}

/** @param {string} path */
async function isElf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === '\x7fELF';
  } finally {
    await file.close();
  }
}

/** @param {(() => Promise<unknown>)[]} tasks */
async function inParallel(tasks) {
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/**
 * @param {readonly string[]} archives
 * @param {string} root
 */
export async function unpackArchives(archives, root) {
  for (const archive of archives) {
    const { code, stdout } = await attempt('dpkg', ['-x', archive, root], { output: 'merge' });
    if (code !== 0) throw new Problem(`Unpacking ${archive} failed: ${stdout.trim()}`);
  }
}
