/** Who waits for the engine's figures, in the order in which they asked. */
export class FigureRequests {
  private waiting: (() => void)[] = [];

  add(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** The engine answered the oldest. */
  answer(): void {
    this.waiting.shift()?.();
  }

  /** Nobody will answer any more; what was known before is all there is. */
  answerAll(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
