/**
 * Remembers what a step was made from, so that it runs again only when that changed.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { repositoryRoot, stampFolder } from './paths.mjs';

/** Never an input: made by builds, or private to one machine. */
const IGNORED = /^(node_modules|dist|build|coverage|\..*|.*\.log|.*\.tsbuildinfo)$/;

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} inputs files and folders, relative to the root; folders count with
 *   everything in them except what builds make
 * @property {readonly string[]} outputs files that must exist
 */

export class Stamp {
  #step;
  #root;
  #file;

  /**
   * @param {Step} step
   * @param {{ root?: string, folder?: string }} [options]
   */
  constructor(step, { root = repositoryRoot, folder = stampFolder } = {}) {
    this.#step = step;
    this.#root = root;
    this.#file = join(folder, `${step.name}.json`);
  }

  /**
   * @param {string | null} tool name and version of what makes the outputs; null when it is not at
   *   hand, and then whatever made them is good enough
   */
  isFresh(tool = null) {
    const { outputs } = this.#step;
    if (!outputs.every((file) => existsSync(join(this.#root, file)))) return false;
    const record = this.#read();
    if (record === null || record.inputs !== this.#inputHash()) return false;
    return tool === null || record.tool === tool;
  }

  /** The tool that made the outputs last time, fresh or not. */
  get tool() {
    return this.#read()?.tool ?? null;
  }

  /** Call before work begins, so that interrupted work is not taken for finished. */
  clear() {
    rmSync(this.#file, { force: true });
  }

  /** @param {string | null} tool */
  write(tool = null) {
    mkdirSync(join(this.#file, '..'), { recursive: true });
    writeFileSync(this.#file, JSON.stringify({ inputs: this.#inputHash(), tool }));
  }

  /** @returns {{ inputs: string, tool: string | null } | null} */
  #read() {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch {
      return null;
    }
  }

  #inputHash() {
    const hash = createHash('sha256');
    for (const input of this.#step.inputs) {
      for (const file of filesOf(this.#root, input)) {
        hash
          .update(`${file}\0`)
          .update(readFileSync(join(this.#root, file)))
          .update('\0');
      }
    }
    return hash.digest('hex');
  }
}

/**
 * Every file of a folder, in a stable order, without what builds make.
 *
 * @param {string} root
 * @param {string} path relative to the root; a file stands for itself, nothing for nothing
 * @returns {string[]} relative to the root
 */
export function filesOf(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .filter((name) => !IGNORED.test(name))
    .sort()
    .flatMap((name) => filesOf(root, join(path, name)));
}
