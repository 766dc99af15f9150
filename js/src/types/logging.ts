/** What is logged: lines of this level and all that are more serious; `silent` is none. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** What a line says, for machines. Nothing in it is secret: tokens are replaced by `[token]`, contents are left out. */
export type LogDetails = Readonly<Record<string, string | number | boolean | null>> & {
  /** What the line is about, such as `connection` or `gap`. */
  readonly event: string;
};

/**
 * Takes lines, each by the function of its level; `console` is one. What it throws harms nothing and shows as an
 * uncaught exception.
 */
export interface Logger {
  error(line: string, details: LogDetails): void;
  warn(line: string, details: LogDetails): void;
  info(line: string, details: LogDetails): void;
  debug(line: string, details: LogDetails): void;
}
