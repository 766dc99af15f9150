import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

import { sourceAliases } from './scripts/source-aliases.mjs';
import { reactCompiler } from './tests/js/support/react-compiler.js';

/** The sources have no engine beside them; a page's code is looked through for imports that are not there. */
const builtEngine = {
  find: /^\.\/engine\.js$/,
  replacement: fileURLToPath(new URL('build/wasm/wasm/engine.js', import.meta.url)),
};

/** Tests of `tests/<name>`; each project is one folder. Browser tests have a configuration of their own. */
function project(name: string, environment: 'node' | 'jsdom') {
  return {
    plugins: [reactCompiler()],
    resolve: { alias: [...sourceAliases(), builtEngine] },
    test: {
      name,
      environment,
      include: [`tests/${name}/**/*.test.{ts,tsx,js,mjs}`],
      restoreMocks: true,
      // For machines that are busy with something else; nothing waits for it.
      testTimeout: 60_000,
    },
  };
}

export default defineConfig({
  test: {
    // `npm test` asks for it with the unit tests of the package and its engine only: what the gateway's or the scripts'
    // tests run by the way, nothing there asserts. Declarations have no lines that run.
    coverage: {
      provider: 'v8',
      include: ['js/src/**/*.{ts,tsx}'],
      exclude: ['**/*.d.ts'],
      reportsDirectory: 'build/coverage/js',
      reporter: ['text-summary', ['text', { file: 'files.txt', maxCols: 120 }]],
      thresholds: { lines: 90 },
    },
    projects: [
      project('js', 'jsdom'),
      project('wasm', 'node'),
      project('gateway', 'node'),
      project('scripts', 'node'),
      project('scale', 'node'),
    ],
  },
});
