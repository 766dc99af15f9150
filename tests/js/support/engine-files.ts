// To be imported before `testing.ts`: the sources have no engine beside them, the build has.
import { join } from 'node:path';

process.env['CIVIC_REALTIME_ENGINE'] ??= join(import.meta.dirname, '../../../build/wasm/wasm');
