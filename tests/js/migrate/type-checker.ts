import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');

/** The compiler with the repository's strict options and its names for the package, over one file in memory. */
export class TypeChecker {
  private readonly file = join(root, 'tests/js/migrate/in-memory.tsx');
  private readonly program: ts.Program;

  constructor(text: string) {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) =>
      readFileSync(path, 'utf8'),
    );
    const { options } = ts.parseJsonConfigFileContent(
      { ...config, files: [] },
      ts.sys,
      root,
      { noUnusedLocals: false },
      join(root, 'tsconfig.base.json'),
    );
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (path) => path === this.file || fileExists(path);
    host.readFile = (path) => (path === this.file ? text : readFile(path));
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (path, ...rest) =>
      path === this.file
        ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
        : getSourceFile(path, ...rest);
    this.program = ts.createProgram([this.file], options, host);
  }

  /** What is wrong with the file itself. */
  get problems(): string[] {
    const source = this.program.getSourceFile(this.file);
    return [
      ...this.program.getSyntacticDiagnostics(source),
      ...this.program.getSemanticDiagnostics(source),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }

  /** The members of an exported type that are neither private nor internal, in order. */
  publicMembers(typeName: string): string[] {
    const checker = this.program.getTypeChecker();
    const source = this.program.getSourceFile(this.file);
    const alias = source?.statements.find(
      (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === typeName,
    );
    if (alias === undefined) throw new Error(`The file has no type ${typeName}.`);
    return checker
      .getPropertiesOfType(checker.getTypeAtLocation(alias))
      .filter(({ declarations = [] }) => declarations.every(isPublic))
      .map(({ name }) => name)
      .sort();
  }
}

function isPublic(declaration: ts.Declaration): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const isInternal = ts
    .getJSDocTags(declaration)
    .some(({ tagName }) => tagName.text === 'internal');
  return (ts.getCombinedModifierFlags(declaration) & hidden) === 0 && !isInternal;
}
