// To be imported before `testing.ts`: the sources have no engine beside them, the build has.
import { fileURLToPath } from 'node:url';

process.env['CIVIC_REALTIME_ENGINE'] ??= fileURLToPath(
  new URL('../../../build/wasm/wasm', import.meta.url),
);
