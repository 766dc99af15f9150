let answer: boolean | undefined;

/** Whether the platform's streams know the format of deflated frames. A worker knows what its page does. */
export function canDeflate(): boolean {
  return (answer ??= tryDeflating());
}

function tryDeflating(): boolean {
  try {
    new CompressionStream('deflate-raw');
    new DecompressionStream('deflate-raw');
    return true;
  } catch {
    return false;
  }
}
