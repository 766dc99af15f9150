import type { NodePath } from '@babel/traverse';
import type { CallExpression, Node } from '@babel/types';

import { communityMembers } from './members.js';
import { leftUnchanged, toCheck, type Remark } from './remark.js';
import {
  checkHookOptions,
  hookResultShape,
  serviceShape,
  staticName,
  type CallRule,
  type Shape,
} from './use-rules.js';

/** On which object a use of the community manager goes on. */
export type CommunityTarget = 'service' | 'community';

const communityConnection = new Set(['connect', 'isConnected']);

/**
 * Decides whether every use of a legacy value means the same on its successor. A use that does not, or that leads where
 * it cannot be seen, is a problem; one problem keeps the whole import as it is.
 */
export class UseCheck {
  readonly problems: Remark[] = [];
  readonly checks: Remark[] = [];
  private readonly seen = new Set<Node>();

  problem(node: Node, text: string): void {
    this.problems.push(leftUnchanged(node, text));
  }

  /** A use of `webSocketService`. */
  service(path: NodePath): void {
    this.value(path, serviceShape);
  }

  /** A use of `useWebSocket`. */
  hook(path: NodePath): void {
    const parent = path.parentPath;
    if (parent?.isCallExpression() === true && parent.node.callee === path.node) {
      checkHookOptions(parent, this);
      this.value(parent, hookResultShape);
    } else if (!this.isExport(path) && parent?.node.type !== 'TSTypeQuery') {
      this.problem(path.node, 'useWebSocket is not called here, so its uses cannot all be seen');
    }
  }

  /** A use of `communityWebSocketManager`. */
  community(path: NodePath): CommunityTarget {
    const parent = path.parentPath;
    if (parent !== null && isDependency(path)) return 'service';
    const member = parent === null ? null : accessedMember(parent, path.node);
    const isType = parent?.node.type === 'TSQualifiedName';
    if (parent === null || member === null || isType || isWritten(parent)) {
      this.problem(
        path.node,
        'communityWebSocketManager is used as a value here, and no single object took its place',
      );
      return 'service';
    }
    if (communityConnection.has(member)) return 'service';
    if (member === 'disconnect') {
      this.problem(
        parent.node,
        'disconnect ended the connection of the community alone; there is one connection for everything now',
      );
    } else if (!communityMembers.has(member)) {
      this.problem(
        parent.node,
        `${member} does not exist on realTimeService.getCommunityService()`,
      );
    } else if (member.startsWith('subscribeTo')) {
      this.communitySubscription(parent, member);
    }
    return 'community';
  }

  /** A use of a value that has `shape`. */
  value(path: NodePath, shape: Shape): void {
    if (this.seen.has(path.node)) return;
    this.seen.add(path.node);
    const { node } = path;
    const parent = path.parentPath;
    if (parent === null || this.isExport(path) || isHarmless(path)) return;
    const { node: outer } = parent;
    if (accessedMember(parent, node) !== null || isComputedAccess(parent, node)) {
      this.member(parent, accessedMember(parent, node), shape);
    } else if (outer.type === 'TSNonNullExpression') {
      this.value(parent, shape);
    } else if (outer.type === 'VariableDeclarator' && outer.init === node) {
      this.pattern(parent.get('id') as NodePath, shape);
    } else if (parent.isCallExpression() && isTestDouble(parent, 'mocked')) {
      this.value(parent, shape);
    } else if (parent.isCallExpression() && isTestDouble(parent, 'spyOn')) {
      this.spiedOn(parent, shape);
    } else {
      this.unseen(node, shape);
    }
  }

  private member(path: NodePath, name: string | null, shape: Shape): void {
    if (name === null) {
      if (!shape.lenient)
        this.problem(path.node, `a member of ${shape.name} is chosen by the running program`);
    } else if (!shape.members.has(name)) {
      this.problem(path.node, `${name} does not exist on ${shape.name}`);
    } else if (isWritten(path)) {
      this.problem(path.node, `${name} of ${shape.name} is assigned`);
    } else {
      const rule = shape.rules.get(name);
      if (rule !== undefined) this.called(path, name, rule);
    }
  }

  private called(path: NodePath, name: string, rule: CallRule): void {
    const parent = path.parentPath;
    if (isDependency(path)) return;
    const isCall =
      parent?.isCallExpression() === true || parent?.isOptionalCallExpression() === true;
    if (parent !== null && isCall && (parent.node as CallExpression).callee === path.node) {
      rule(parent as NodePath<CallExpression>, this);
    } else {
      this.problem(path.node, `${name} is not called here, so its uses cannot all be seen`);
    }
  }

  private pattern(path: NodePath, shape: Shape): void {
    if (path.isIdentifier()) {
      for (const use of this.usesOf(path)) this.value(use, shape);
    } else if (path.isObjectPattern()) {
      for (const property of path.get('properties')) this.patternProperty(property, shape);
    } else {
      this.unseen(path.node, shape);
    }
  }

  private patternProperty(path: NodePath, shape: Shape): void {
    if (!path.isObjectProperty()) {
      this.unseen(path.node, shape);
      return;
    }
    const name = staticName(path.node.key, path.node.computed);
    if (name === null || !shape.members.has(name)) {
      this.member(path, name, shape);
      return;
    }
    const rule = shape.rules.get(name);
    const value = path.get('value') as NodePath;
    if (rule === undefined) return;
    if (value.isIdentifier()) for (const use of this.usesOf(value)) this.called(use, name, rule);
    else this.unseen(value.node, shape);
  }

  private usesOf(path: NodePath): NodePath[] {
    const binding = path.isIdentifier() ? path.scope.getBinding(path.node.name) : undefined;
    if (binding?.constant === true) return binding.referencePaths;
    this.problem(path.node, 'the variable is assigned again, so its uses cannot be told apart');
    return [];
  }

  private spiedOn(call: NodePath<CallExpression>, shape: Shape): void {
    const method = call.node.arguments[1];
    const name = method === undefined ? null : staticName(method, true);
    if (name === null || !shape.members.has(name)) this.member(call, name, shape);
  }

  private communitySubscription(member: NodePath, name: string): void {
    const call = member.parentPath;
    const isCalled = call?.isCallExpression() === true && call.node.callee === member.node;
    if (!isCalled || call.parentPath.node.type !== 'ExpressionStatement') {
      this.problem(
        member.node,
        `${name} returns an id now, no longer a function that unsubscribes`,
      );
      return;
    }
    this.checks.push(
      toCheck(
        member.node,
        `what ${name} subscribes comes as events of realTimeService now, no longer through the event bus of the application`,
      ),
    );
  }

  private isExport(path: NodePath): boolean {
    const exports = ['ExportSpecifier', 'ExportDefaultDeclaration'];
    const isExport =
      path.node.type === 'ExportNamedDeclaration' || exports.includes(path.parent.type);
    if (isExport) {
      this.checks.push(toCheck(path.node, 'exported, and what others do with it was not followed'));
    }
    return isExport;
  }

  private unseen(node: Node, shape: Shape): void {
    if (shape.lenient) return;
    this.problem(
      node,
      `${shape.name} would be handed on whole here, so its uses cannot all be seen`,
    );
  }
}

function accessedMember(parent: NodePath, object: Node): string | null {
  const { node } = parent;
  if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression')
    return node.object === object ? staticName(node.property, node.computed) : null;
  if (node.type === 'TSQualifiedName') return node.left === object ? node.right.name : null;
  return null;
}

function isComputedAccess({ node }: NodePath, object: Node): boolean {
  return (
    (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') &&
    node.object === object
  );
}

/** Uses that touch no member: a condition, a comparison, a hook's list of dependencies, a type. */
function isHarmless(path: NodePath): boolean {
  const { node, parent } = path;
  switch (parent.type) {
    case 'ExpressionStatement':
    case 'TSTypeQuery':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return true;
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test === node;
    case 'LogicalExpression':
      return parent.operator === '&&' && parent.left === node;
    default:
      return isDependency(path);
  }
}

function isDependency(path: NodePath): boolean {
  const call = path.parentPath?.parent;
  if (path.parent.type !== 'ArrayExpression' || call?.type !== 'CallExpression') return false;
  const { callee } = call;
  const name =
    callee.type === 'MemberExpression'
      ? staticName(callee.property, callee.computed)
      : staticName(callee, false);
  return name !== null && /^use[A-Z]/.test(name) && call.arguments.at(-1) === path.parent;
}

function isWritten({ node, parent }: NodePath): boolean {
  if (parent.type === 'AssignmentExpression') return parent.left === node;
  return (
    parent.type === 'UpdateExpression' ||
    (parent.type === 'UnaryExpression' && parent.operator === 'delete')
  );
}

function isTestDouble(
  { node: { callee, arguments: given } }: NodePath<CallExpression>,
  name: string,
): boolean {
  return (
    given.length > 0 &&
    callee.type === 'MemberExpression' &&
    staticName(callee.property, callee.computed) === name &&
    ['vi', 'vitest', 'jest'].includes(staticName(callee.object, false) ?? '')
  );
}
