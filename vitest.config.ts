import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

import { sourceAliases } from './scripts/source-aliases.mjs';

/** The sources have no engine beside them; a page's code is looked through for imports that are not there. */
const builtEngine = {
  find: /^\.\/engine\.js$/,
  replacement: fileURLToPath(new URL('build/wasm/wasm/engine.js', import.meta.url)),
};

/** Tests of `tests/<name>`; each project is one folder. Browser tests have a configuration of their own. */
function project(name: string, environment: 'node' | 'jsdom') {
  return {
    resolve: { alias: [...sourceAliases(), builtEngine] },
    test: {
      name,
      environment,
      include: [`tests/${name}/**/*.test.{ts,tsx,js,mjs}`],
      restoreMocks: true,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      project('js', 'jsdom'),
      project('wasm', 'node'),
      project('gateway', 'node'),
      project('scripts', 'node'),
    ],
  },
});
