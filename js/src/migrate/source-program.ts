import type { NodePath, Scope } from '@babel/traverse';
import type {
  CallExpression,
  Comment,
  ExportAllDeclaration,
  ExportNamedDeclaration,
  File,
  ImportDeclaration,
  Node,
} from '@babel/types';

import { ReferenceTable } from './reference-table.js';
import { parseSource, SyntaxProblem, traverse } from './syntax.js';

/** A call of `import` or `require` with a name in quotes. */
export interface Load {
  readonly path: NodePath<CallExpression>;
  readonly source: Node;
  readonly specifier: string;
  readonly isPromise: boolean;
}

/** A name in quotes that no import, export or load has. */
export interface OtherName {
  readonly path: NodePath;
  readonly specifier: string;
}

/** A parsed file and everything in it that can speak of another module. */
export class SourceProgram {
  readonly imports: NodePath<ImportDeclaration>[] = [];
  readonly exports: NodePath<ExportAllDeclaration | ExportNamedDeclaration>[] = [];
  readonly loads: Load[] = [];
  readonly others: OtherName[] = [];
  readonly comments: readonly Comment[];
  readonly scope: Scope;
  private readonly references = new ReferenceTable();

  /** Throws a SyntaxProblem. */
  constructor(
    readonly text: string,
    fileName: string,
  ) {
    const file = parseSource(text, fileName);
    this.comments = file.comments ?? [];
    this.scope = this.explore(file);
  }

  /** Whether `name` may mean something else than the variables show. */
  isUncertain(name: string): boolean {
    return this.references.isUncertain(name);
  }

  private explore(file: File): Scope {
    const scopes: Scope[] = [];
    try {
      traverse(file, {
        Program: ({ scope }) => {
          scopes.push(scope);
        },
        enter: (path) => {
          this.references.add(path);
          this.visit(path);
        },
      });
      this.references.complete();
    } catch (error) {
      // Two declarations of one name, which types may have, are an error to the scopes.
      throw new SyntaxProblem(0, error instanceof Error ? error.message : String(error));
    }
    const [scope] = scopes;
    if (scope === undefined) throw new Error('A file without a program.');
    return scope;
  }

  private visit(path: NodePath): void {
    const { node } = path;
    if (path.isImportDeclaration()) this.imports.push(path);
    else if (path.isExportAllDeclaration()) this.exports.push(path);
    else if (path.isExportNamedDeclaration() && path.node.source) this.exports.push(path);
    else if (path.isStringLiteral()) this.visitName(path, path.node.value);
    else if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
      this.visitName(path, node.quasis[0]?.value.cooked ?? '');
  }

  private visitName(path: NodePath, specifier: string): void {
    const { parent, parentPath } = path;
    const ofModule = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];
    if (ofModule.includes(parent.type)) return;
    if (parentPath?.isCallExpression() === true && parentPath.node.arguments[0] === path.node) {
      const { callee } = parentPath.node;
      const isPromise = callee.type === 'Import';
      const isRequire =
        callee.type === 'Identifier' &&
        callee.name === 'require' &&
        !path.scope.hasBinding('require', true);
      if (isPromise || isRequire) {
        this.loads.push({ path: parentPath, source: path.node, specifier, isPromise });
        return;
      }
    }
    this.others.push({ path, specifier });
  }
}
