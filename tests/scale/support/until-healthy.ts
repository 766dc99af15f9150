/** Settles when it serves. `check` is asked before each attempt, and may throw. */
export async function untilHealthy(httpUrl: string, check = () => {}): Promise<void> {
  for (;;) {
    check();
    const response = await fetch(`${httpUrl}/health`).catch(() => null);
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
