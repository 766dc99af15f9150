// @vitest-environment node
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'tsdown';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { TemporaryApplication } from './temporary-application.js';

const packageFolder = join(import.meta.dirname, '../../../js');
const legacy = `import { webSocketService } from '@client/services/webSocketService';\nwebSocketService.connect();\n`;
let program = '';

beforeAll(async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'civic-realtime-command-line-'));
  await build({
    cwd: packageFolder,
    config: join(packageFolder, 'tsdown.config.ts'),
    filter: /command line/,
    outDir,
    logLevel: 'silent',
  });
  program = join(outDir, 'command-line.js');
}, 60_000);

afterAll(() => {
  rmSync(join(program, '..'), { recursive: true, force: true });
});

function run(cwd: string, ...given: string[]) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [program, ...given], { cwd }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

it('migrates, or says what it would do', async () => {
  const application = new TemporaryApplication({ 'src/a.ts': legacy });
  const dry = await run(application.folder, 'migrate', '.', '--dry', '--to', 'civic-realtime');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout).toContain(`+import { realTimeService } from 'civic-realtime';\n`);
  expect(application.text('src/a.ts')).toBe(legacy);

  const real = await run(application.folder, 'migrate', 'src');
  expect(real).toMatchObject({ code: 0, stderr: '' });
  expect(real.stdout).toMatch(/^1 file changed, /);
  expect(application.text('src/a.ts')).toBe(
    `import { realTimeService } from '@client/core/realtime';\nrealTimeService.connect();\n`,
  );
});

it.each([
  [[], 'A command is missing; there are migrate <folder> and gateway.'],
  [['migrate'], "Missing required argument 'folder'; see civic-realtime migrate --help."],
  [['migrate', 'nowhere'], 'There is no folder '],
  [['migrate', 'a.ts'], 'a.ts is no folder; migrate takes one.'],
  [['migrate', '.', '--to', './core'], 'not "./core".'],
  [['migrate', '.', '--to', '@client/hooks/use-websocket'], 'one of the modules to be replaced.'],
  [['migrate', '.', '--client', 'nowhere'], 'There is no folder '],
  [['migrate', '.', '--force'], "Unknown option '--force'; see civic-realtime migrate --help."],
  [['migrate', '.', 'b'], 'Expected 1 argument but got 2; see civic-realtime migrate --help.'],
  [['update'], "Unknown command 'update'; see civic-realtime migrate --help."],
])('refuses %j in one sentence', async (given, message) => {
  const { folder } = new TemporaryApplication({ 'a.ts': legacy });
  const { code, stdout, stderr } = await run(folder, ...given);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

it('explains itself', async () => {
  const { code, stdout } = await run(tmpdir(), 'migrate', '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('--dry');
});

it('brings the licences of what is in it', () => {
  const licenses = readFileSync(join(program, '../migrate.licenses.txt'), 'utf8');
  for (const name of ['@babel/parser', '@babel/traverse', 'magic-string', 'diff', 'commander']) {
    expect(licenses).toContain(`\n${name} `.trimStart());
  }
  expect(existsSync(join(program, '../index.js'))).toBe(false);
});
