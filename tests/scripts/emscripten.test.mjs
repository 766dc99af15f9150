import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { findEmscripten, provideEmscripten } from '../../scripts/emscripten.mjs';
import { isAtLeast } from '../../scripts/version.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/**
 * @param {string} folder relative to the new one
 * @param {string} version
 */
function folderWithCompiler(folder, version) {
  const root = temporaryFolder({
    [join(folder, 'emcc')]: `#!/bin/sh\necho 'emcc (Emscripten gcc/clang-like) ${version} ()'\n`,
  });
  chmodSync(join(root, folder, 'emcc'), 0o755);
  return root;
}

/** @param {NodeJS.ProcessEnv} environment */
function find(environment) {
  /** @type {string[]} */
  const lines = [];
  const base = { HOME: temporaryFolder(), PATH: '/usr/bin:/bin' };
  return findEmscripten({
    environment: { ...base, ...environment },
    report: (line) => lines.push(line),
  }).then((emscripten) => ({ emscripten, lines }));
}

it('takes the one of EMSDK before the one on the PATH', async () => {
  const EMSDK = folderWithCompiler('upstream/emscripten', '3.1.69');
  const PATH = `${folderWithCompiler('.', '9.9.9')}:/usr/bin:/bin`;
  const { emscripten } = await find({ EMSDK, PATH });
  expect(emscripten).toMatchObject({
    version: '3.1.69',
    emcc: join(EMSDK, 'upstream/emscripten/emcc'),
  });
});

it('takes the one on the PATH', async () => {
  const folder = folderWithCompiler('.', '4.0.1');
  const { emscripten } = await find({ PATH: `${folder}:/usr/bin:/bin` });
  expect(emscripten?.empp).toBe(join(folder, 'em++'));
});

it('passes over one that is too old, and says so', async () => {
  const EMSDK = folderWithCompiler('upstream/emscripten', '3.1.6');
  const { emscripten, lines } = await find({ EMSDK });
  expect(emscripten).toBeNull();
  expect(lines).toEqual([
    `The Emscripten of EMSDK=${EMSDK} is 3.1.6, older than 3.1.69; another one is used.`,
  ]);
});

it('passes over one that does not run', async () => {
  const { emscripten, lines } = await find({ EMSDK: temporaryFolder() });
  expect(emscripten).toBeNull();
  expect(lines).toHaveLength(1);
});

it('uses the one that was set up before', async () => {
  const HOME = temporaryFolder({
    '.cache/civic-realtime/emscripten-trixie-3.1.69/ready.json':
      '{"suite":"trixie","version":"3.1.69","recipe":1}',
    '.cache/civic-realtime/emscripten-forky-6.0.5/unpacked.json':
      '{"suite":"forky","version":"6.0.5","recipe":1}',
  });
  const { emscripten } = await find({ HOME });
  expect(emscripten?.version).toBe('3.1.69');
  expect(emscripten?.variables.EM_CACHE).toBe(
    join(HOME, '.cache/civic-realtime/emscripten-trixie-3.1.69/cache'),
  );
});

it('says what to do when there is none and none can be set up', async () => {
  const environment = {
    HOME: temporaryFolder(),
    PATH: '/usr/bin:/bin',
    CIVIC_REALTIME_DEBIAN_MIRROR: 'file:///nowhere',
  };
  await expect(provideEmscripten({ environment, report: () => {} })).rejects.toThrow(
    /^Emscripten 3\.1\.69 or newer is needed to build the engine, and none could be set up\.\n[^]*Check the internet connection and start again, or install Emscripten yourself/,
  );
});

it.each([
  ['3.1.69', true],
  ['3.1.7', false],
  ['3.1.100', true],
  ['4.0.0', true],
  ['2.9.99', false],
])('compares versions by number: %s', (version, expected) => {
  expect(isAtLeast(version, '3.1.69')).toBe(expected);
});
