/** A server of the installed tools as a process of its own, which is ready when it answers. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { answersHttp, untilAnswered } from '../../../scripts/answer.mjs';

export interface RunningServer {
  readonly url: string;
  /** What it has printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

export async function startServer(
  script: string,
  args: readonly string[],
  options: { cwd: string; environment: NodeJS.ProcessEnv; port: number },
): Promise<RunningServer> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: options.cwd,
    env: options.environment,
    // A group of its own, so that what it starts ends with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const ended = once(child, 'close');
  const gone = new AbortController();
  void ended.then(() => {
    gone.abort();
  });
  const server: RunningServer = {
    url: `http://localhost:${String(options.port)}/`,
    printed: () => printed,
    async stop() {
      if (child.pid !== undefined && !gone.signal.aborted) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
  const complaint = await untilAnswered(() => answersHttp(server.url), gone.signal);
  if (complaint === null) return server;
  await server.stop();
  throw new Error(`${script} cannot be used: ${complaint}\n${printed}`);
}
