import type { NodePath } from '@babel/traverse';
import type { Node } from '@babel/types';

/** Text that takes the place of what is from `start` to `end` in the original, in UTF-16 units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a node is in the text. Every node of a parsed file has a place. */
export function rangeOf(node: Node): { start: number; end: number } {
  if (node.start == null || node.end == null) throw new Error(`A ${node.type} without a place.`);
  return { start: node.start, end: node.end };
}

export function replaceNode(node: Node, text: string): Edit {
  return { ...rangeOf(node), text };
}

/** Replaces what is between the quotes, whichever they are. */
export function replaceLiteral(node: Node, text: string): Edit {
  const { start, end } = rangeOf(node);
  return { start: start + 1, end: end - 1, text };
}

/** Replaces a use of a name and keeps the names that others see: `{ a }` becomes `{ a: text }`. */
export function replaceUse(path: NodePath, name: string, text: string): Edit {
  const { node, parent } = path;
  if (parent.type === 'ObjectProperty' && parent.shorthand)
    return replaceNode(node, `${name}: ${text}`);
  const sharesPlace =
    parent.type === 'ExportSpecifier' && rangeOf(parent.exported).start === rangeOf(node).start;
  return replaceNode(node, sharesPlace ? `${text} as ${name}` : text);
}
