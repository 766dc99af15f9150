import { parse, type ParserOptions, type ParserPlugin } from '@babel/parser';
import * as traverseModule from '@babel/traverse';
import type { File } from '@babel/types';

type Traverse = typeof traverseModule.default;

/** The package is CommonJS: its default export is one level deeper in Node than where a bundler made a module of it. */
export const traverse: Traverse = unwrap(traverseModule.default);

/** A file whose syntax is none that its name promises. */
export class SyntaxProblem extends Error {
  constructor(
    /** Where, in UTF-16 units. */
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

export function parseSource(text: string, fileName: string): File {
  let first: unknown;
  for (const plugins of pluginsFor(fileName)) {
    try {
      return parse(text, { ...options, sourceType: 'unambiguous', plugins });
    } catch (error) {
      first ??= error;
    }
  }
  throw asSyntaxProblem(first);
}

const options: ParserOptions = {
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
  allowUndeclaredExports: true,
  attachComment: false,
};

function pluginsFor(fileName: string): ParserPlugin[][] {
  const decorators: ParserPlugin[] = ['decorators-legacy', 'decorators'];
  const dialects: ParserPlugin[][] = /\.d\.[mc]?ts$/.test(fileName)
    ? [[['typescript', { dts: true }]]]
    : /\.[mc]?ts$/.test(fileName)
      ? [['typescript']]
      : fileName.endsWith('.tsx')
        ? [['typescript', 'jsx']]
        : [['jsx'], ['jsx', 'flow']];
  return dialects.flatMap((dialect) => decorators.map((decorator) => [...dialect, decorator]));
}

function asSyntaxProblem(error: unknown): SyntaxProblem {
  const { message, pos } = error as { message: string; pos?: number };
  return new SyntaxProblem(pos ?? 0, message.replace(/ \(\d+:\d+\)$/, ''));
}

function unwrap(value: Traverse | { readonly default: Traverse }): Traverse {
  return typeof value === 'function' ? value : value.default;
}
