/**
 * Reads packages of any Debian suite without touching the system: apt runs with its own
 * configuration, state, lists and package database, all inside one folder.
 *
 * Downloads are checked against the suite's signed package lists. The lists may be older than their
 * announced lifetime, because frozen and company mirrors serve such lists; the signature is what
 * counts here.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { attempt, findProgram, run } from '../command.mjs';
import { Problem } from '../problem.mjs';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
export const DEFAULT_MIRROR = 'http://deb.debian.org/debian';

/**
 * @typedef {object} DebianPackage
 * @property {string} name
 * @property {string} version
 */

/** @throws {Problem} when this system cannot read Debian suites at all */
export function requireDebianPrograms() {
  for (const program of ['apt-get', 'apt-config', 'dpkg']) {
    if (!findProgram(program)) throw new Problem(`This system has no ${program}.`);
  }
  if (!existsSync(KEYRING)) {
    throw new Problem(`The keys of Debian's archive are missing (${KEYRING}):
  sudo apt-get install debian-archive-keyring`);
  }
}

export class DebianSuite {
  /** @type {string} */ #suite;
  /** @type {string} */ #folder;
  /** @type {string} */ #mirror;
  /** @type {NodeJS.ProcessEnv} */ #environment;

  /**
   * @param {string} suite for example `forky`
   * @param {string} folder where this reader keeps everything; created if missing
   * @param {string} mirror
   */
  constructor(suite, folder, mirror) {
    this.#suite = suite;
    this.#mirror = mirror;
    this.#folder = folder;
    this.#environment = {
      ...process.env,
      APT_CONFIG: join(folder, 'apt.conf'),
      LC_ALL: 'C.UTF-8',
    };
  }

  /** @throws {Problem} when the mirror cannot be read */
  async update() {
    const result = await this.#configure().then(() =>
      attempt('apt-get', ['update', '-qq'], { environment: this.#environment, output: 'merge' }),
    );
    if (result.code !== 0) {
      throw new Problem(`Debian's package list of ${this.#suite} could not be read from ${this.#mirror}:
${firstErrors(result.stdout)}`);
    }
  }

  /**
   * Every package that installing `names` on an empty system would bring, by apt's own resolver.
   *
   * @param {readonly string[]} names
   * @returns {Promise<DebianPackage[]>}
   */
  async resolve(names) {
    const { stdout } = await run(
      'apt-get',
      ['install', '--simulate', '--no-install-recommends', ...names],
      {
        environment: this.#environment,
        output: 'capture',
        purpose: `Resolving ${names.join(', ')} in Debian ${this.#suite}`,
      },
    );
    return [...stdout.matchAll(/^Inst (\S+) \((\S+) /gm)].map(([, name, version]) => ({
      name: /** @type {string} */ (name),
      version: /** @type {string} */ (version),
    }));
  }

  /**
   * Downloads archives into `target`; those already there and intact are not fetched again.
   *
   * @param {readonly DebianPackage[]} packages
   * @param {string} target
   * @returns {Promise<string[]>} paths of the archives
   */
  async download(packages, target) {
    mkdirSync(target, { recursive: true });
    const result = await attempt(
      'apt-get',
      ['download', '-qq', ...packages.map(({ name, version }) => `${name}=${version}`)],
      { cwd: target, environment: this.#environment, output: 'merge' },
    );
    if (result.code !== 0) {
      throw new Problem(`Downloading packages of Debian ${this.#suite} from ${this.#mirror} failed:
${firstErrors(result.stdout)}`);
    }
    const files = new Set(await readdir(target));
    return packages.map(({ name, version }) => {
      const prefix = `${name}_${version.replaceAll(':', '%3a')}_`;
      const file = [...files].find((candidate) => candidate.startsWith(prefix));
      if (!file) throw new Problem(`apt-get downloaded no archive for ${name} ${version}.`);
      return join(target, file);
    });
  }

  async #configure() {
    const at = (/** @type {string} */ name) => join(this.#folder, name);
    for (const name of ['state/lists/partial', 'cache/archives/partial', 'etc/preferences.d']) {
      mkdirSync(at(name), { recursive: true });
    }
    writeFileSync(at('status'), '');
    writeFileSync(
      at('sources.list'),
      `deb [signed-by=${KEYRING}] ${this.#mirror} ${this.#suite} main\n`,
    );
    writeFileSync(
      at('apt.conf'),
      [
        `Dir "${this.#folder}/";`,
        `Dir::State "${at('state')}";`,
        `Dir::State::status "${at('status')}";`,
        `Dir::Cache "${at('cache')}";`,
        `Dir::Etc "${at('etc')}";`,
        `Dir::Etc::sourcelist "${at('sources.list')}";`,
        // Nothing of /etc/apt applies: no other sources, no pins, and no docker-clean, which
        // deletes archives as soon as they are downloaded.
        'Dir::Etc::sourceparts "-";',
        'Dir::Etc::main "-";',
        `Dir::Etc::parts "${at('etc')}/none";`,
        'APT::Sandbox::User "root";',
        'APT::Update::Error-Mode "any";',
        'Acquire::Languages "none";',
        'Acquire::Check-Valid-Until "false";',
        'Acquire::Retries "3";',
        'Acquire::http::Timeout "20";',
        'Acquire::https::Timeout "20";',
        ...(await systemProxySettings()),
        '',
      ].join('\n'),
    );
    mkdirSync(at('etc/none'), { recursive: true });
  }
}

/** A proxy that the administrator gave to apt applies to us too. */
async function systemProxySettings() {
  const { stdout } = await attempt('apt-config', ['dump'], { output: 'capture' });
  return stdout.split('\n').filter((line) => /^Acquire::https?::Proxy\S* "[^"]+";$/.test(line));
}

/** @param {string} output */
function firstErrors(output) {
  const lines = output.split('\n').filter((line) => /^(E|W|Err)[: ]/.test(line));
  return (lines.length > 0 ? lines : output.split('\n'))
    .slice(0, 3)
    .map((line) => `  ${line.trim()}`)
    .join('\n');
}
