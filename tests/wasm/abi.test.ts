import { beforeAll, describe, expect, it } from 'vitest';
import {
  CellKind,
  EntryKind,
  EventKind,
  bundleMagic,
  counterNames,
  entryWords,
  headerWords,
  rememberedTokens,
  topicFigureNames,
} from '../../js/src/engine/abi.js';
import { errorNames } from '../../js/src/engine/error-codes.js';
import type { EngineCommandName } from '../../js/src/engine/abi.js';
import type { EngineModule } from '../../js/src/engine/engine-module.js';
import { describeAbi, newEngineModule } from './support/built-engine.js';

const commands: Record<EngineCommandName, true> = {
  connect: true,
  disconnect: true,
  subscribe: true,
  unsubscribe: true,
  send: true,
  restoreOutbox: true,
  listen: true,
  setVisible: true,
  setOnline: true,
  resumed: true,
  provideToken: true,
  inject: true,
  startTyping: true,
  stopTyping: true,
  changeNotifications: true,
  restoreNotifications: true,
  reportFigures: true,
};

describe('the boundary as TypeScript has it', () => {
  let module: EngineModule;

  beforeAll(async () => {
    module = await newEngineModule();
  });

  it('is the one the engine describes', async () => {
    expect(await describeAbi()).toEqual({
      bundleMagic,
      headerWords,
      entryWords,
      rememberedTokens,
      counterNames,
      topicFigureNames,
      errorCodes: errorNames,
      entryKinds: EntryKind,
      cellKinds: CellKind,
      eventKinds: EventKind,
    });
  });

  it.each(Object.keys(commands))('has the command %s', (name) => {
    expect(module[name as EngineCommandName]).toBeTypeOf('function');
  });

  it('exports what the hosts call', () => {
    for (const name of [
      '_civic_advance',
      '_civic_drain_bundle',
      '_civic_bundle_bytes',
      '_civic_bundle_state',
      '_civic_note_deflated',
      'createEngine',
      'destroyEngine',
      'addPage',
      'removePage',
    ] as const) {
      expect(module[name], name).toBeTypeOf('function');
    }
    expect(module.HEAPU8.buffer.byteLength).toBeGreaterThan(0);
  });
});
