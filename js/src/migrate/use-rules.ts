import type { NodePath } from '@babel/traverse';
import type { CallExpression, Expression, Node, ObjectExpression } from '@babel/types';

import { hookMembers, hookOptions, serviceMembers, statsMembers } from './members.js';
import type { UseCheck } from './use-check.js';

/** Examines one call of a member whose meaning is not the old one's in every case. */
export type CallRule = (call: NodePath<CallExpression>, check: UseCheck) => void;

/** What is known of a value: its name in messages, its members, and which of them have a rule. */
export interface Shape {
  readonly name: string;
  readonly members: ReadonlySet<string>;
  readonly rules: ReadonlyMap<string, CallRule>;
  /** Uses that cannot be seen are no reason against it. */
  readonly lenient?: boolean;
}

const subscriptionRules: ReadonlyMap<string, CallRule> = new Map([
  ['subscribe', takesOneSubscription],
  ['unsubscribe', takesAnId],
]);

const stats: Shape = {
  name: 'what realTimeService.getStats() returns',
  members: statsMembers,
  rules: new Map(),
  lenient: true,
};

export const serviceShape: Shape = {
  name: 'realTimeService',
  members: serviceMembers,
  rules: new Map<string, CallRule>([
    ...subscriptionRules,
    [
      'getStats',
      (call, check) => {
        check.value(call, stats);
      },
    ],
  ]),
};

export const hookResultShape: Shape = {
  name: 'what useWebSocket() returns',
  members: hookMembers,
  rules: subscriptionRules,
};

/** The options of the hook have to be in sight, and known. */
export function checkHookOptions(call: NodePath<CallExpression>, check: UseCheck): void {
  const [first, ...others] = call.node.arguments;
  if (first === undefined) return;
  const options = others.length === 0 ? objectIn(call, first) : null;
  if (options === null) {
    check.problem(first, 'the options of useWebSocket cannot be seen here');
    return;
  }
  for (const property of options.properties) {
    if (property.type === 'SpreadElement') {
      check.problem(property, 'the options of useWebSocket cannot be seen here');
      continue;
    }
    const name = staticName(property.key, property.computed);
    if (name === null || !hookOptions.has(name)) {
      const allowed = [...hookOptions].join(', ');
      check.problem(
        property,
        `useWebSocket has no option ${name ?? 'with a computed name'}; it has ${allowed}`,
      );
    }
  }
}

/** The name that a key or property stands for; null when only the running program knows it. */
export function staticName(key: Node, computed: boolean): string | null {
  if (key.type === 'StringLiteral') return key.value;
  if (computed) return null;
  return key.type === 'Identifier' || key.type === 'JSXIdentifier' ? key.name : null;
}

function takesOneSubscription(call: NodePath<CallExpression>, check: UseCheck): void {
  const [first, ...others] = call.node.arguments;
  const literals = [
    'StringLiteral',
    'TemplateLiteral',
    'ArrowFunctionExpression',
    'FunctionExpression',
  ];
  if (first === undefined || others.length > 0 || literals.includes(first.type)) {
    check.problem(call.node, 'subscribe takes one subscription, { type, id }');
  }
}

function takesAnId(call: NodePath<CallExpression>, check: UseCheck): void {
  const [first] = call.node.arguments;
  if (call.node.arguments.length === 1 && first !== undefined && comesFromSubscribe(call, first))
    return;
  check.problem(
    call.node,
    'unsubscribe takes the id that subscribe returned, no longer the subscription',
  );
}

function comesFromSubscribe(call: NodePath, argument: Node): boolean {
  const init = initialValue(call, argument);
  if (init?.type !== 'CallExpression') return false;
  const { callee } = init;
  if (callee.type === 'Identifier') return callee.name === 'subscribe';
  return (
    callee.type === 'MemberExpression' &&
    staticName(callee.property, callee.computed) === 'subscribe'
  );
}

function objectIn(path: NodePath, node: Node): ObjectExpression | null {
  if (node.type === 'ObjectExpression') return node;
  const init = initialValue(path, node);
  return init?.type === 'ObjectExpression' ? init : null;
}

/** What the constant `node` was declared with. */
function initialValue(path: NodePath, node: Node): Expression | null {
  if (node.type !== 'Identifier') return null;
  const binding = path.scope.getBinding(node.name);
  const declaration = binding?.path.node;
  return binding?.constant === true && declaration?.type === 'VariableDeclarator'
    ? (declaration.init ?? null)
    : null;
}
