import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

import { sourceAliases } from '../../scripts/source-aliases.mjs';

/**
 * Tests that drive a real browser against a real gateway. Two files at a time: much of what they do is wait for
 * connections to time out.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: { alias: sourceAliases() },
  test: {
    name: 'browser',
    environment: 'node',
    include: ['**/*.test.{ts,tsx,js,mjs}'],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    restoreMocks: true,
    // What is waited for comes; how soon is up to the machine.
    expect: { poll: { timeout: 60_000 } },
  },
});
