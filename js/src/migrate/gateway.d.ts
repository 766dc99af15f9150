// The reference gateway; it is built into the same folder as the command line.
export function runGateway(
  argumentList: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void>;
