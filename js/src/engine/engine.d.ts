// The glue that Emscripten makes; it is built into the same folder as the package's chunks.
import type { EngineModuleFactory } from './engine-module.js';

declare const createEngineModule: EngineModuleFactory;
export default createEngineModule;
