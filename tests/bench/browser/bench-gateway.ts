import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Request, Stats } from './gateway-process.js';

const script = fileURLToPath(new URL('gateway-process.js', import.meta.url));

/** The gateway's process as its parent sees it. Takes one request at a time. */
export class BenchGateway {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(pageOrigin: string): Promise<BenchGateway> {
    const child = fork(script, [pageOrigin]);
    return new BenchGateway(child, (await answer(child)) as string);
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
      throw new Error(`The gateway ended with ${String(code)}.`);
    });
    const [message] = (await Promise.race([once(child, 'message', over), ended])) as [unknown];
    return message;
  } finally {
    over.abort();
  }
}
