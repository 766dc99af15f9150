// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { instantiateEngine } from '../../../js/src/engine/module-loader.js';
import type { CivicHost, EngineModuleFactory } from '../../../js/src/engine/engine-module.js';
import type { ModuleLoaderOptions } from '../../../js/src/engine/module-loader.js';
import { FakeEngine } from './support/fake-engine.js';

// The smallest WebAssembly module there is.
const wasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const civicHost = {} as CivicHost;

let folder: string;
let served: Response | null;
let instances: WebAssembly.Instance[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'civic-loader-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  instances = [];
  served = null;
  vi.stubGlobal(
    'fetch',
    vi.fn(() =>
      served === null
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(served.clone()),
    ),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Does with `instantiateWasm` what Emscripten's glue does. */
const glue: EngineModuleFactory = async (options) => {
  await new Promise<void>((resolve) => {
    options.instantiateWasm?.({}, (instance) => {
      instances.push(instance);
      resolve();
    });
  });
  return new FakeEngine().instantiate(options);
};

const load = (options: ModuleLoaderOptions): Promise<unknown> =>
  instantiateEngine({ civicHost }, { loadGlue: () => Promise.resolve(glue), ...options });

let lastUrl = 0;
const newUrl = (): string => `https://app.example/${++lastUrl}/engine.wasm`;
const answer = (body: BodyInit, type: string, status = 200): Response =>
  new Response(body, { status, headers: { 'content-type': type } });

describe('loading the engine', () => {
  it('takes a compiled module, or the bytes', async () => {
    await load({ module: new WebAssembly.Module(wasm) });
    await load({ wasmBinary: wasm });
    expect(instances).toHaveLength(2);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(['application/wasm', 'application/octet-stream'])(
    'fetches it served as %s',
    async (type) => {
      served = answer(wasm, type);
      await load({ wasmUrl: newUrl() });
      expect(instances).toHaveLength(1);
    },
  );

  it('reads a file in Node', async () => {
    const file = join(folder, 'engine.wasm');
    writeFileSync(file, wasm);
    await load({ wasmUrl: pathToFileURL(file) });
    expect(instances).toHaveLength(1);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('compiles once per URL and makes an instance for each engine', async () => {
    served = answer(wasm, 'application/wasm');
    const wasmUrl = newUrl();
    await Promise.all([load({ wasmUrl }), load({ wasmUrl })]);
    await load({ wasmUrl });
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(new Set(instances).size).toBe(3);
  });

  it.each<[ModuleLoaderOptions, RegExp]>([
    [{}, /\/engine\.wasm could not be used/],
    [{ records: true }, /\/engine\.recording\.wasm could not be used/],
    [{ records: true, wasmUrl: 'https://app.example/own.wasm' }, /\/own\.wasm could not be used/],
  ])('takes the engine that records when it is asked for: %o', async (options, place) => {
    await expect(load(options)).rejects.toThrow(place);
  });

  it('tries again after a failure', async () => {
    const wasmUrl = newUrl();
    await expect(load({ wasmUrl })).rejects.toThrow();
    served = answer(wasm, 'application/wasm');
    await load({ wasmUrl });
    expect(instances).toHaveLength(1);
  });
});

describe('a failure says what was tried, why it failed and what to do', () => {
  it.each<[string, () => Response | null, RegExp]>([
    ['unreachable', () => null, /Failed to fetch/],
    ['missing', () => answer('', 'text/html', 404), /the server answered 404/],
    [
      'another page in its place',
      () => answer('<!doctype html>', 'text/html'),
      /is no WebAssembly \(content type "text\/html"\)/,
    ],
    [
      'broken',
      () => answer(new Uint8Array([0, 0x61, 0x73, 0x6d, 9]), 'application/wasm'),
      /Compile/i,
    ],
  ])('%s', async (_what, response, reason) => {
    served = response();
    const wasmUrl = newUrl();
    const failing = load({ wasmUrl });
    await expect(failing).rejects.toMatchObject({ code: 'engine-load-failed' });
    await expect(failing).rejects.toThrow(wasmUrl);
    await expect(failing).rejects.toThrow(reason);
    await expect(failing).rejects.toThrow(/1\. [^]*2\. [^]*wasmUrl[^]*3\. [^]*wasm-unsafe-eval/);
  });

  it('bytes that are no module', async () => {
    await expect(load({ wasmBinary: new Uint8Array([1, 2, 3]) })).rejects.toThrow(
      /wasmBinary could not be compiled/,
    );
  });

  it('a module that asks for something the glue does not give', async () => {
    // (module (import "a" "b" (func)))
    const demanding = new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x61, 1, 0x62, 0, 0,
    ]);
    await expect(load({ wasmBinary: demanding })).rejects.toThrow(
      /could not be instantiated: .*Import #0/,
    );
  });

  it('no WebAssembly at all', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    await expect(load({})).rejects.toThrow(/there is no WebAssembly here/);
  });
});
