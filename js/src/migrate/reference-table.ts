import type { Binding, NodePath, Scope } from '@babel/traverse';
import type { Function as FunctionNode, Node } from '@babel/types';

/** By parent, the only fields in which the types of TypeScript use a name rather than declare or spell one. */
const uses: Readonly<Record<string, readonly string[]>> = {
  TSAsExpression: ['expression'],
  TSClassImplements: ['expression'],
  TSEnumMember: ['initializer'],
  TSExportAssignment: ['expression'],
  TSExpressionWithTypeArguments: ['expression'],
  TSImportEqualsDeclaration: ['moduleReference'],
  TSInstantiationExpression: ['expression'],
  TSInterfaceHeritage: ['expression'],
  TSNonNullExpression: ['expression'],
  TSQualifiedName: ['left'],
  TSSatisfiesExpression: ['expression'],
  TSTypeAssertion: ['expression'],
  TSTypePredicate: ['parameterName'],
  TSTypeQuery: ['exprName'],
  TSTypeReference: ['typeName'],
};
const typeDeclarations = new Set([
  ...['InterfaceDeclaration', 'OpaqueType', 'TypeAlias', 'TSDeclareFunction'],
  ...['TSImportEqualsDeclaration', 'TSInterfaceDeclaration', 'TSModuleDeclaration'],
  'TSTypeAliasDeclaration',
]);

/**
 * Completes what the scopes know, which are made for JavaScript: uses in the types of variables are missing, and names
 * of methods and parameters in types count as uses.
 */
export class ReferenceTable {
  private readonly references = new Map<Binding, NodePath[]>();
  private readonly scopes = new Set<Scope>();
  private readonly typeNames = new Set<string>();
  private readonly shadowedTypes = new Set<string>();

  /** Takes note of one node; every node of the file has to come. */
  add(path: NodePath): void {
    const { node, scope } = path;
    this.scopes.add(scope);
    if (path.isFunction()) registerParameterProperties(path);
    if (node.type === 'TSTypeParameter') this.typeNames.add(node.name);
    else if (typeDeclarations.has(node.type) && 'id' in node) this.addTypeName(node.id);
    else if (path.isIdentifier() || path.isJSXIdentifier()) this.addName(path);
  }

  /** Gives every variable its uses. To be called once, at the end. */
  complete(): void {
    for (const { bindings } of this.scopes) {
      for (const binding of Object.values(bindings)) {
        const others = binding.referencePaths.filter(
          (path) => !path.isIdentifier() && !path.isJSXIdentifier(),
        );
        binding.referencePaths = [...others, ...(this.references.get(binding) ?? [])];
      }
    }
  }

  /** Whether the name may be that of a type, which the scopes do not know. */
  isUncertain(name: string): boolean {
    return this.typeNames.has(name) || this.shadowedTypes.has(name);
  }

  private addName(path: NodePath): void {
    const { node, parent, scope } = path;
    const name = 'name' in node && typeof node.name === 'string' ? node.name : '';
    if (parent.type.startsWith('TS') && !isUseInType(node, parent)) return;
    if (!path.isReferencedIdentifier() || isParameterOfType(path, name)) return;
    const binding = scope.getBinding(name);
    // A variable of that name hides no type.
    if (parent.type === 'TSTypeReference' && binding?.scope !== scope.getProgramParent())
      this.shadowedTypes.add(name);
    if (binding === undefined) return;
    const known = this.references.get(binding);
    if (known === undefined) this.references.set(binding, [path]);
    else known.push(path);
  }

  private addTypeName(id: unknown): void {
    const name = (id as { name?: unknown } | null)?.name;
    if (typeof name === 'string') this.typeNames.add(name);
  }
}

function isUseInType(node: Node, parent: Node): boolean {
  const fields = uses[parent.type];
  if (fields !== undefined)
    return Object.entries(parent).some(
      ([field, value]) => value === node && fields.includes(field),
    );
  return parent.type === 'TSPropertySignature' && parent.computed === true && parent.key === node;
}

/** Whether a function type around it declares the name: `(a: string) => typeof a`. */
function isParameterOfType(path: NodePath, name: string): boolean {
  const declares = ({ node }: NodePath): boolean => {
    if (!node.type.startsWith('TS')) return false;
    const fields = node as { parameters?: unknown; params?: unknown };
    const parameters = fields.parameters ?? fields.params;
    return (
      Array.isArray(parameters) &&
      parameters.some((parameter: { name?: unknown }) => parameter.name === name)
    );
  };
  return path.parent.type.startsWith('TS') && path.findParent(declares) !== null;
}

/** `constructor(private name: string)` declares a variable too. */
function registerParameterProperties(path: NodePath<FunctionNode>): void {
  for (const [index, { type }] of path.node.params.entries()) {
    if (type !== 'TSParameterProperty') continue;
    path.scope.registerBinding('param', path.get(`params.${index}.parameter`));
  }
}
