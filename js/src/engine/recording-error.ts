import { EngineError } from './engine-error.js';

export function engineNotRunning(): EngineError {
  return new EngineError(
    'engine-stopped',
    'No engine runs, so there is no recording. Connect first.',
  );
}

/** The recording, or the error that there is none. */
export function recordingOrError(recording: ArrayBuffer | null): ArrayBuffer {
  if (recording !== null) return recording;
  throw new EngineError(
    'recording-off',
    'The engine records nothing. Set websocket.recording.enabled to true before it starts; where you say yourself where ' +
      'the engine is (wasmUrl, wasmBinary, module), let it be engine.recording.wasm.',
  );
}
