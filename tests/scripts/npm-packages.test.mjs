import { expect, it } from 'vitest';

import { ensureNpmPackages } from '../../scripts/npm-packages.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/** @param {Record<string, unknown>} packages */
const lock = (packages) => JSON.stringify({ packages });

/** @param {{ code: number, stdout: string }} [result] */
function recorder({ code, stdout } = { code: 0, stdout: '' }) {
  /** @type {string[]} */
  const executed = [];
  return {
    executed,
    report: () => {},
    execute: async (/** @type {string} */ program, /** @type {readonly string[]} */ args) => {
      executed.push([program, ...args].join(' '));
      return { code, stdout, stderr: '' };
    },
  };
}

it('installs when node_modules is missing', async () => {
  const machine = recorder({ code: 1, stdout: '' });
  const root = temporaryFolder({ 'package-lock.json': lock({}) });
  await expect(ensureNpmPackages(machine, root)).rejects.toThrow();
  expect(machine.executed[0]).toMatch(/^npm ci --prefer-offline /);
});

it('installs when the lock file asks for another version than the one installed', async () => {
  const root = temporaryFolder({
    'package-lock.json': lock({ 'node_modules/a': { version: '2.0.0' } }),
    'node_modules/.package-lock.json': lock({ 'node_modules/a': { version: '1.0.0' } }),
  });
  const machine = recorder();
  await ensureNpmPackages(machine, root);
  expect(machine.executed).toHaveLength(1);
  await ensureNpmPackages(machine, root);
  expect(machine.executed).toHaveLength(1);
});

it('leaves alone what somebody else installed as locked, but for other platforms', async () => {
  const root = temporaryFolder({
    'package-lock.json': lock({
      js: { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
      'node_modules/b-darwin': { version: '1.0.0', optional: true },
    }),
    'node_modules/.package-lock.json': lock({
      'node_modules/a': { version: '1.0.0', integrity: 'x' },
    }),
  });
  const machine = recorder();
  await ensureNpmPackages(machine, root);
  expect(machine.executed).toEqual([]);
});

it('says what failed without a stack trace', async () => {
  const root = temporaryFolder({ 'package-lock.json': lock({}) });
  const machine = recorder({
    code: 1,
    stdout: 'npm error code ENOTFOUND\nnpm error network request failed\n',
  });
  await expect(ensureNpmPackages(machine, root)).rejects.toThrow(
    'The npm packages of package-lock.json could not be installed:\n' +
      '  npm error code ENOTFOUND\n  npm error network request failed\n' +
      'Check the internet connection and start again, or run: npm ci',
  );
});
