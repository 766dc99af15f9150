import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Request, ServerName, Stats } from './servers/process.js';

const script = fileURLToPath(new URL('servers/process.js', import.meta.url));

/** The servers' process as its parent sees it. Takes one request at a time. */
export class BenchServers {
  private constructor(
    private readonly child: ChildProcess,
    readonly urls: Readonly<Record<ServerName, string>>,
  ) {}

  static async start(pageOrigin: string): Promise<BenchServers> {
    const child = fork(script, [pageOrigin]);
    return new BenchServers(child, (await answer(child)) as Record<ServerName, string>);
  }

  async request(request: Request): Promise<Stats> {
    const answered = answer(this.child);
    this.child.send(request);
    return (await answered) as Stats;
  }

  stop(): void {
    this.child.kill();
  }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  try {
    const ended = once(child, 'exit', over).then(([code]) => {
      throw new Error(`The servers' process ended with ${String(code)}.`);
    });
    const [message] = (await Promise.race([once(child, 'message', over), ended])) as [unknown];
    return message;
  } finally {
    over.abort();
  }
}
