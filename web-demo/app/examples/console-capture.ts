/** Shows what is written to the console elsewhere too, until the returned function is called. */
export function captureConsole(write: (line: string) => void): () => void {
  const { log } = console;
  console.log = (...values: unknown[]) => {
    log.apply(console, values);
    write(values.map(textOf).join(' '));
  };
  return () => {
    console.log = log;
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
