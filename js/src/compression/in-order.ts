/** Does one thing after the other. What has not to wait, and finds nobody waiting, is done at once. */
export class InOrder {
  private readonly tasks: (() => Promise<void> | undefined)[] = [];
  private isBusy = false;

  /** Whether something is under way. */
  get isWaiting(): boolean {
    return this.isBusy;
  }

  /** A task that returns a promise is done when that is settled. */
  do(task: () => Promise<void> | undefined): void {
    this.tasks.push(task);
    if (!this.isBusy) this.run();
  }

  private run(): void {
    this.isBusy = true;
    try {
      for (let task = this.tasks.shift(); task !== undefined; task = this.tasks.shift()) {
        const done = task();
        if (done === undefined) continue;
        void done.finally(() => {
          this.run();
        });
        return;
      }
      this.isBusy = false;
    } catch (error) {
      this.isBusy = false;
      throw error;
    }
  }
}
