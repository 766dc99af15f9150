import MagicString from 'magic-string';

import type { Edit } from './edit.js';
import { replaceLiteral } from './edit.js';
import { planExport } from './export-plan.js';
import { ImportPlan } from './import-plan.js';
import { ImportWriter } from './import-writer.js';
import { legacyFileNames, type LegacyModule } from './legacy-modules.js';
import { LegacyNames } from './legacy-names.js';
import type { ModuleFinder } from './module-finder.js';
import { NamespaceUses } from './namespace-uses.js';
import { leftUnchanged, offsetAfter, positionIn, type Position, type Remark } from './remark.js';
import { SourceProgram, type Load, type OtherName } from './source-program.js';
import { SyntaxProblem } from './syntax.js';
import { UseCheck } from './use-check.js';
import { VariableNames } from './variable-names.js';

export interface MigratedText {
  readonly text: string;
  /** With their places in the original, and in `text`. */
  readonly remarks: readonly PlacedRemark[];
}

export interface PlacedRemark extends Remark {
  readonly before: Position;
  readonly after: Position;
}

/** Rewrites one file, whose absolute name is `file`. What cannot be decided is in the remarks and stays as it is. */
export function migrateText(
  text: string,
  file: string,
  finder: ModuleFinder,
  target: string,
): MigratedText {
  if (!legacyFileNames.some((name) => text.includes(name))) return { text, remarks: [] };
  try {
    return new FileMigration(new SourceProgram(text, file), file, finder, target).run();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const remark = leftUnchanged({ start: error.offset }, `does not parse: ${error.message}`);
    return { text, remarks: placed([remark], text, text, []) };
  }
}

class FileMigration {
  private readonly remarks: Remark[] = [];
  private readonly edits: Edit[] = [];
  private readonly names: VariableNames;
  private readonly mocked = new Set<LegacyModule>();

  constructor(
    private readonly program: SourceProgram,
    private readonly file: string,
    private readonly finder: ModuleFinder,
    private readonly target: string,
  ) {
    this.names = new VariableNames(program);
  }

  run(): MigratedText {
    for (const other of this.program.others) this.report(other);
    this.rewriteImports();
    this.rewriteExports();
    for (const load of this.program.loads) this.rewriteLoad(load);
    const result = new MagicString(this.program.text);
    for (const { start, end, text } of this.edits) {
      if (start === end) continue;
      if (text === '') result.remove(start, end);
      else result.update(start, end, text);
    }
    for (const { start, end, text } of this.edits) if (start === end) result.appendLeft(end, text);
    const text = result.toString();
    return { text, remarks: placed(this.remarks, this.program.text, text, this.edits) };
  }

  private rewriteImports(): void {
    const plans: ImportPlan[] = [];
    for (const path of this.program.imports) {
      const names = this.legacyNames(path.node.source.value, path.node);
      if (names === null) continue;
      const plan = new ImportPlan(path, names, this.program);
      if (plan.check.problems.length === 0) plans.push(plan);
      this.remarks.push(...plan.check.problems);
    }
    const writer = new ImportWriter(this.program, this.target, this.names);
    for (const plan of writer.write(plans)) this.remarks.push(...plan.check.checks);
    this.edits.push(...writer.edits);
    this.remarks.push(...writer.problems);
  }

  private rewriteExports(): void {
    for (const path of this.program.exports) {
      const names = this.legacyNames(path.node.source?.value ?? '', path.node);
      if (names === null) continue;
      const { edits, problems, checks } = planExport(path, names, this.target);
      this.edits.push(...edits);
      this.remarks.push(...problems, ...(problems.length === 0 ? checks : []));
    }
  }

  private rewriteLoad({ path, source, specifier, isPromise }: Load): void {
    const names = this.legacyNames(specifier, source);
    if (names === null) return;
    const check = new UseCheck();
    const uses = new NamespaceUses(names, check);
    uses.use(path, isPromise);
    if (check.problems.length === 0) {
      this.edits.push(replaceLiteral(source, this.target), ...uses.edits(this.names));
      this.remarks.push(...check.checks);
    }
    this.remarks.push(...check.problems);
  }

  /** Null when `specifier` is no legacy module, or nothing may be changed about it. */
  private legacyNames(
    specifier: string,
    node: Parameters<typeof leftUnchanged>[0],
  ): LegacyNames | null {
    const found = this.finder.find(specifier, this.file);
    if (found === null) return null;
    if (found === 'undecided') {
      this.remarks.push(leftUnchanged(node, undecidedPath(specifier)));
      return null;
    }
    if (this.mocked.has(found)) {
      const text = `this file replaces ${found.name} by a test double, which has to move together with it`;
      this.remarks.push(leftUnchanged(node, text));
      return null;
    }
    return new LegacyNames(found, this.finder.pathOf(found, this.file));
  }

  /** A name in quotes elsewhere: in a call of a test double, in a type, in a list. */
  private report({ path, specifier }: OtherName): void {
    const found = this.finder.find(specifier, this.file);
    if (found === null) return;
    const call = path.parentPath?.isCallExpression() === true ? path.parentPath.node.callee : null;
    const caller = call === null ? null : this.program.text.slice(call.start ?? 0, call.end ?? 0);
    const isDouble = caller !== null && /^(vi|vitest|jest)\b/.test(caller);
    const isModule = isDouble || path.parent.type.startsWith('TS') || caller?.startsWith('require');
    // Any text can look like a path; only the alias is nothing else.
    if (isModule !== true && specifier.startsWith('.')) return;
    if (found === 'undecided') {
      this.remarks.push(leftUnchanged(path.node, undecidedPath(specifier)));
      return;
    }
    if (isDouble) this.mocked.add(found);
    const place = caller === null ? 'named in a string here' : `named in a call of ${caller}`;
    this.remarks.push(
      leftUnchanged(path.node, `${found.name} is ${place}, which only you can rewrite`),
    );
  }
}

function placed(
  remarks: readonly Remark[],
  before: string,
  after: string,
  edits: readonly Edit[],
): PlacedRemark[] {
  return [...remarks]
    .sort((a, b) => a.offset - b.offset)
    .map((remark) => ({
      ...remark,
      before: positionIn(before, remark.offset),
      after: positionIn(after, offsetAfter(remark.offset, edits)),
    }));
}

function undecidedPath(specifier: string): string {
  return `${specifier} leads to one of several folders with legacy modules; say with --client which of them @client is`;
}
