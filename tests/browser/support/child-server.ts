/** A server of the demo as a process of its own, so that it can die like one. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface ChildServer {
  /** What it printed once it was ready. */
  readonly readyLine: string;
  readonly url: string;
  /** SIGKILL: no goodbye to anyone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Starts `script` and waits for a line that holds " ready: " and an address. */
export async function startServer(
  script: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<ChildServer> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }),
  });
  // That it was ended by the signal.
  child.on('error', () => undefined);
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const readyLine = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes(' ready: ')) resolve(line);
    });
    child.once('exit', (code) => {
      reject(
        new Error(
          `${script} ended with ${String(code)} before it was ready.\n${errors.join('\n')}`,
        ),
      );
    });
  });
  const url = /\b(?:ws|http):\/\/\S+/.exec(readyLine)?.[0];
  if (url === undefined) throw new Error(`${script} named no address: ${readyLine}`);
  return {
    readyLine,
    url,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

/** With a test's `signal` it ends at the latest when that test has run out of time. */
export function startGatewayProcess(
  args: readonly string[],
  signal?: AbortSignal,
): Promise<ChildServer> {
  return startServer('web-demo/gateway/main.js', ['--log-level', 'error', ...args], signal);
}

export function startDemoPage(gatewayUrl: string, port = 0): Promise<ChildServer> {
  return startServer('web-demo/serve.js', ['--port', String(port), '--gateway', gatewayUrl]);
}
