import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** Applications that install the packed package, built by one bundler after the other and opened in a browser. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'packaging',
    environment: 'node',
    include: ['*.test.ts'],
    globalSetup: ['support/install.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
