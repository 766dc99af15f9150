import type { HappeningSink } from '../../../../js/src/read-model/happenings.js';

const ignore = (): void => undefined;

/** For tests that look at state alone. */
export const silentSink: HappeningSink = {
  event: ignore,
  delivery: ignore,
  connection: ignore,
  error: ignore,
  tokenWanted: ignore,
  commandResult: ignore,
  figures: ignore,
};
