import { defineConfig } from 'vitest/config';

import { sourceAliases } from './scripts/source-aliases.mjs';

/** Tests of `tests/<name>`; each project is one folder. Browser tests have a configuration of their own. */
function project(name: string, environment: 'node' | 'jsdom') {
  return {
    resolve: { alias: sourceAliases() },
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
