import type { EngineCommand } from './abi.js';

/** Commands that go out together, one message per microtask; those nobody can take yet are kept in order. */
export class CommandQueue {
  private commands: EngineCommand[] = [];
  private takes: ((commands: readonly EngineCommand[]) => void) | null = null;
  private isScheduled = false;

  /** Whether somebody takes the commands. */
  get isOpen(): boolean {
    return this.takes !== null;
  }

  add(command: EngineCommand): void {
    this.commands.push(command);
    if (this.takes === null || this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.flush();
    });
  }

  /** From now on `takes` gets the commands, at first those that were kept. */
  open(takes: (commands: readonly EngineCommand[]) => void): void {
    this.takes = takes;
    this.flush();
  }

  /** Hands over what is there without waiting for the microtask. */
  flush(): void {
    if (this.takes === null || this.commands.length === 0) return;
    const commands = this.commands;
    this.commands = [];
    this.takes(commands);
  }

  /** Commands are kept from now on. */
  close(): void {
    this.takes = null;
  }

  /** Those of one name are not wanted any more. */
  remove(name: EngineCommand[0]): void {
    this.commands = this.commands.filter(([other]) => other !== name);
  }

  clear(): void {
    this.commands = [];
  }
}
