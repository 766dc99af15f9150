interface Delivery {
  readonly run: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Runs what it is given in the order in which it came, in one microtask. What one throws stops no other; it goes to
 * its `onError`, and what that throws is reported like any uncaught exception.
 */
export class DeliveryQueue {
  private deliveries: Delivery[] = [];
  private scheduled = false;

  push(run: () => void, onError: (error: unknown) => void): void {
    this.deliveries.push({ run, onError });
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.runAll();
    });
  }

  private runAll(): void {
    // What is pushed meanwhile is run as well.
    for (const delivery of this.deliveries) runOne(delivery);
    this.deliveries = [];
    this.scheduled = false;
  }
}

function runOne({ run, onError }: Delivery): void {
  try {
    run();
  } catch (error) {
    try {
      onError(error);
    } catch (second) {
      reportUncaught(second);
    }
  }
}

/** Lets an exception nobody handles appear where uncaught exceptions of this environment appear. */
export function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') {
    reportError(error);
    return;
  }
  queueMicrotask(() => {
    throw error;
  });
}
