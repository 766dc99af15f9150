import { describe, expect, it } from 'vitest';

import { purposes } from '../../scripts/requirements.mjs';
import { checkNode, ensureSystemPackages } from '../../scripts/setup.mjs';

/** @typedef {import('../../scripts/machine.mjs').Machine} Machine */

/**
 * A Debian machine of root with nothing installed, whose commands succeed.
 *
 * @param {Partial<Machine>} [differences]
 */
function describedMachine(differences = {}) {
  /** @type {string[]} */
  const executed = [];
  /** @type {string[]} */
  const reported = [];
  /** @type {Machine} */
  const machine = {
    nodeVersion: '20.19.0',
    isRoot: true,
    hasApt: true,
    hasProgram: () => false,
    hasFile: () => false,
    execute: async (program, args) => {
      executed.push([program, ...args].join(' '));
      return { code: 0, stdout: '', stderr: '' };
    },
    report: (line) => reported.push(line),
    ...differences,
  };
  return { machine, executed, reported };
}

describe('system packages', () => {
  it('are left alone when everything is there', async () => {
    const { machine, executed, reported } = describedMachine({
      hasProgram: () => true,
      hasFile: () => true,
    });
    await ensureSystemPackages(Object.keys(purposes), machine);
    expect(executed).toEqual([]);
    expect(reported).toEqual([]);
  });

  it('are installed when missing, with a line that says why', async () => {
    const { machine, executed, reported } = describedMachine({
      hasProgram: (name) => name === 'ninja',
    });
    await ensureSystemPackages(['engine'], machine);
    expect(reported).toEqual([
      'Installing Debian packages cmake, python3 (needed to build the engine) …',
    ]);
    expect(executed[0]).toMatch(/^apt-get update /);
    expect(executed[1]).toMatch(/^apt-get install .* -y .* cmake python3$/);
  });

  it('are limited to what the purpose needs', async () => {
    const { machine, executed } = describedMachine();
    await ensureSystemPackages(['engine'], machine);
    expect(executed.join()).not.toContain('chromium');
  });

  it('are asked for when only root could install them', async () => {
    const { machine, executed } = describedMachine({ isRoot: false });
    await expect(ensureSystemPackages(['fuzzing'], machine)).rejects.toThrow(
      'Not found: clang++, libclang-rt-dev, needed to fuzz the core.\n' +
        'Only root can install them. Either start this command as root, or first run\n' +
        '  sudo apt-get install clang libclang-rt-dev',
    );
    expect(executed).toEqual([]);
  });

  it('are named for systems that are not Debian', async () => {
    const { machine, executed } = describedMachine({ hasApt: false });
    await expect(ensureSystemPackages(['linting', 'browser'], machine)).rejects.toThrow(
      'Not found: clang-format, clang-tidy, chromium, firefox-esr, needed to check the C++ code and ' +
        'test in real browsers.\nThis system is not Debian',
    );
    expect(executed).toEqual([]);
  });

  it('of headers alone are left to CMake on systems that are not Debian', async () => {
    const { machine } = describedMachine({ hasApt: false, hasProgram: () => true });
    await ensureSystemPackages(['native'], machine);
  });

  it('that cannot be downloaded are named, with what apt said', async () => {
    const { machine } = describedMachine({
      execute: async () => ({
        code: 100,
        stdout: 'Reading…\nE: Failed to fetch http://deb.debian.org/…  Could not resolve\n',
        stderr: '',
      }),
    });
    await expect(ensureSystemPackages(['browser'], machine)).rejects.toThrow(
      /^Not installed: Debian packages chromium, firefox-esr, fonts-dejavu-core, .*\n {2}E: Failed to fetch .*\nCheck the internet connection/,
    );
  });
});

describe('Node', () => {
  it.each(['20.19.0', '20.20.2', '24.0.0'])('%s is new enough', (nodeVersion) => {
    expect(() => checkNode(describedMachine({ nodeVersion }).machine)).not.toThrow();
  });

  it.each(['18.20.4', '20.18.3'])(
    '%s is refused with the version that is needed',
    (nodeVersion) => {
      expect(() => checkNode(describedMachine({ nodeVersion }).machine)).toThrow(
        `Node 20.19.0 or newer is needed; this is ${nodeVersion}.`,
      );
    },
  );
});
