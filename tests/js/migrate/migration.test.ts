// @vitest-environment node
import { chmodSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';

import { Migration } from '../../../js/src/migrate/migration.js';
import { TemporaryApplication } from './temporary-application.js';

const legacy = `import { webSocketService } from '@client/services/webSocketService';\nwebSocketService.connect();\n`;
const migrated = `import { realTimeService } from '@client/core/realtime';\nrealTimeService.connect();\n`;
const byPath = legacy.replace('@client/', '../');

async function run(
  { folder }: TemporaryApplication,
  { isDry = false, clientFolder = null as string | null, below = '' } = {},
) {
  let output = '';
  const isComplete = await new Migration({
    folder: join(folder, below),
    target: '@client/core/realtime',
    clientFolder: clientFolder === null ? null : join(folder, clientFolder),
    isDry,
    workingFolder: folder,
    write: (text) => (output += text),
  }).run();
  return { output, isComplete };
}

it('migrates every source file and no other, and nothing the second time', async () => {
  const endings = ['ts', 'tsx', 'js', 'jsx', 'mts', 'cts', 'mjs', 'cjs'];
  const sources = endings.map((ending) => `src/a.${ending}`);
  const others = ['node_modules/x/a.ts', 'src/dist/a.js', 'build/a.js', '.git/a.ts', 'a.md'];
  const application = new TemporaryApplication(
    Object.fromEntries([...sources, ...others].map((name) => [name, legacy])),
  );
  const { output } = await run(application);
  expect(output).toBe(
    '8 files changed, 0 places left unchanged for you to decide, 0 places to check (8 source files).\n',
  );
  for (const name of sources) expect(application.text(name)).toBe(migrated);
  for (const name of others) expect(application.text(name)).toBe(legacy);
  expect(application.files).toHaveLength(sources.length + others.length);
  expect((await run(application)).output).toMatch(/^0 files changed/);
});

it('prints a patch that does what the migration does, and changes nothing', async () => {
  const application = new TemporaryApplication({ 'src/a.ts': legacy.replaceAll('\n', '\r\n') });
  const { output } = await run(application, { isDry: true });
  expect(application.text('src/a.ts')).toBe(legacy.replaceAll('\n', '\r\n'));
  const [patch = '', summary] = output.split(/^(?=1 file would change)/m);
  expect(patch).toMatch(/^--- a\/src\/a\.ts\n\+\+\+ b\/src\/a\.ts\n@@ /);
  expect(summary).toMatch(/^1 file would change/);
  expect(applyPatch(application.text('src/a.ts'), patch)).toBe(migrated.replaceAll('\n', '\r\n'));
});

it('says where to look in the file as it is then', async () => {
  const text = `import { useWebSocket } from '@client/hooks/use-websocket';\n${legacy}useWebSocket();\nexport { webSocketService };\n`;
  const application = new TemporaryApplication({ 'a.ts': text });
  expect((await run(application, { isDry: true })).output).toContain(
    'a.ts:5:10: please check: exported',
  );
  expect((await run(application)).output).toContain('a.ts:4:10: please check: exported');
});

it('keeps modes, follows no links and leaves no temporary files', async () => {
  const application = new TemporaryApplication({ 'src/a.js': legacy, 'outside/b.ts': legacy });
  chmodSync(join(application.folder, 'src/a.js'), 0o750);
  symlinkSync('..', join(application.folder, 'src/loop'));
  symlinkSync('../outside/b.ts', join(application.folder, 'src/b.ts'));
  await run(application, { below: 'src' });
  expect(statSync(join(application.folder, 'src/a.js')).mode & 0o777).toBe(0o750);
  expect(application.text('outside/b.ts')).toBe(legacy);
  expect(application.files).toEqual(['outside/b.ts', 'src/a.js']);
});

it('goes on after files that it cannot understand', async () => {
  const application = new TemporaryApplication({ 'a.ts': `${legacy}}`, 'c.ts': legacy });
  writeFileSync(join(application.folder, 'b.ts'), Buffer.from([0xff, 0xfe, 0x00]));
  const { output, isComplete } = await run(application);
  expect(output).toBe(
    `a.ts:3:1: left unchanged: does not parse: Unexpected token\nb.ts: left unchanged: it is not UTF-8\n1 file changed, 2 places left unchanged for you to decide, 0 places to check (3 source files).\n`,
  );
  expect(isComplete).toBe(true);
});

describe('paths', () => {
  const configuration = JSON.stringify({
    compilerOptions: { paths: { '@client/*': ['./client/src/*'], '~/*': ['./client/src/*'] } },
  });

  it('means what @client does in the TypeScript configuration', async () => {
    const application = new TemporaryApplication({
      'tsconfig.json': `// with a comment\n${configuration}`,
      'client/src/hooks/a.ts': byPath,
      'client/src/hooks/b.ts': legacy.replace('@client', '~'),
      'client/src/services/webSocketService.ts': 'export const webSocketService = {};\n',
      'server/services/webSocketService.ts': 'export const webSocketService = {};\n',
      'server/hooks/a.ts': byPath,
    });
    const { output } = await run(application);
    expect(application.text('client/src/hooks/a.ts')).toBe(migrated);
    expect(application.text('client/src/hooks/b.ts')).toBe(migrated);
    expect(application.text('server/hooks/a.ts')).toBe(byPath);
    expect(output).toBe(
      `client/src/services/webSocketService.ts: a legacy module itself; delete it when nothing imports it\n2 files changed, 0 places left unchanged for you to decide, 0 places to check (5 source files).\n`,
    );
  });

  it('is not guessed between two folders, unless one is named', async () => {
    const files = {
      'client/hooks/a.ts': byPath,
      'client/services/webSocketService.ts': '',
      'server/services/webSocketService.ts': '',
    };
    const application = new TemporaryApplication(files);
    expect((await run(application)).output).toContain(
      'client/hooks/a.ts:1:1: left unchanged: ../services/webSocketService leads to one of several folders',
    );
    expect(application.text('client/hooks/a.ts')).toBe(byPath);
    await run(application, { clientFolder: 'client' });
    expect(application.text('client/hooks/a.ts')).toBe(migrated);
  });

  it.each([
    'class A {}\nexport default new A();\nexport const webSocketService = new A();\n',
    'export default class WebSocketService {}\n',
  ])('leaves a default alone that cannot be told from %j', async (text) => {
    const name = 'import socket from "../services/webSocketService";\nsocket.connect();\n';
    const application = new TemporaryApplication({
      'hooks/a.ts': name,
      'services/webSocketService.ts': text,
    });
    expect((await run(application)).output).toContain('hooks/a.ts:1:8: left unchanged');
    expect(application.text('hooks/a.ts')).toBe(name);
  });

  it.each([
    'export const webSocketService = {};\nexport default webSocketService;\n',
    'const webSocketService = {};\nexport { webSocketService as default };\n',
  ])('knows the default from %j', async (text) => {
    const application = new TemporaryApplication({
      'hooks/a.ts':
        'import webSocketService from "../services/webSocketService";\nimport ws from "../services/webSocketService";\nwebSocketService.connect(); ws.connect();\n',
      'hooks/b.ts':
        'export { default } from "../services/webSocketService";\nimport("../services/webSocketService").then((all) => { all.default.connect(); });\n',
      'services/webSocketService.ts': text,
    });
    await run(application);
    expect(application.text('hooks/a.ts')).toBe(
      'import { realTimeService, realTimeService as ws } from "@client/core/realtime";\nrealTimeService.connect(); ws.connect();\n',
    );
    expect(application.text('hooks/b.ts')).toBe(
      'export { realTimeService as default } from "@client/core/realtime";\nimport("@client/core/realtime").then((all) => { all.realTimeService.connect(); });\n',
    );
  });
});
