import type { ImportDeclaration } from '@babel/types';

import { rangeOf, type Edit } from './edit.js';
import type { SourceProgram } from './source-program.js';

const directive = /\b(eslint|oxlint|biome|prettier|istanbul|c8|v8)[- ]|@ts-/;

/** The text of one import declaration. */
export class ImportClause {
  readonly start: number;
  readonly end: number;
  /** Comments inside of it, behind it, or directives above it: it stays a declaration of its own. */
  readonly hasOwnComments: boolean;
  private readonly text: string;

  constructor(
    private readonly node: ImportDeclaration,
    program: SourceProgram,
  ) {
    const { start, end } = rangeOf(node);
    this.start = start;
    this.end = end;
    this.text = program.text;
    const firstLine = node.loc?.start.line ?? 0;
    const lastLine = node.loc?.end.line ?? 0;
    this.hasOwnComments = program.comments.some(({ start: at, loc, value }) => {
      if (at == null || loc == null) return false;
      if (at >= start) return at < end || loc.start.line === lastLine;
      const isAbove = loc.end.line === firstLine - 1 || loc.end.line === firstLine;
      return isAbove && directive.test(value);
    });
  }

  get hasDefault(): boolean {
    return this.node.specifiers.some(({ type }) => type === 'ImportDefaultSpecifier');
  }

  /** Whether names can be put between its braces. */
  get takesNames(): boolean {
    return this.node.specifiers.some(({ type }) => type === 'ImportSpecifier');
  }

  /** Puts names behind the last one, in a line each where the others are. */
  addition(names: readonly string[]): Edit {
    const last = this.node.specifiers.at(-1);
    if (last === undefined) throw new Error('Names can be added to an import with braces only.');
    const { start, end } = rangeOf(last);
    const indentation = this.indentationAt(start);
    const separator = indentation === null ? ', ' : `,${this.lineBreak}${indentation}`;
    return { start: end, end, text: names.map((name) => separator + name).join('') };
  }

  /** Writes all that is between `import` and `from` anew. */
  replacement(names: readonly string[]): Edit {
    const [first] = this.node.specifiers;
    const brace = this.text.indexOf('{', this.start);
    const from = this.text.lastIndexOf('from', rangeOf(this.node.source).start);
    if (first === undefined) throw new Error('An import without names has nothing to replace.');
    const start = brace >= 0 && brace < rangeOf(first).start ? brace : rangeOf(first).start;
    const end = this.text.slice(0, from).trimEnd().length;
    const indentation = this.indentationAt(rangeOf(first).start);
    const text =
      indentation === null
        ? `{ ${names.join(', ')} }`
        : `{${names.map((name) => `${this.lineBreak}${indentation}${name},`).join('')}${this.lineBreak}}`;
    return { start, end, text };
  }

  /** Takes the declaration away, with its line when nothing else is in it. */
  removal(): Edit {
    const lineStart = this.text.lastIndexOf('\n', this.start - 1) + 1;
    const before = this.text.slice(lineStart, this.start);
    const rest = /^[ \t;]*(\r?\n|$)/.exec(this.text.slice(this.end));
    const isAlone = rest !== null && /^\s*$/.test(before) && !before.includes('\uFEFF');
    return isAlone
      ? { start: lineStart, end: this.end + rest[0].length, text: '' }
      : { start: this.start, end: this.end, text: '' };
  }

  private get lineBreak(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** What is before `position` in its line, when that is white space only and the import began above. */
  private indentationAt(position: number): string | null {
    const lineStart = this.text.lastIndexOf('\n', position - 1) + 1;
    const before = this.text.slice(lineStart, position);
    return lineStart > this.start && /^\s*$/.test(before) ? before : null;
  }
}
