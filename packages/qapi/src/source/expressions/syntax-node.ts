import type { Place } from '../place.ts';

/** A value as it was written. */
export type SyntaxNode = StringNode | BooleanNode | ArrayNode | ObjectNode;

interface StringNode {
  readonly kind: 'string';
  readonly value: string;
  readonly place: Place;
}

interface BooleanNode {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly place: Place;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly elements: readonly SyntaxNode[];
  readonly place: Place;
}

export interface ObjectNode {
  readonly kind: 'object';
  /** In the order of the text. */
  readonly entries: ReadonlyMap<string, SyntaxNode>;
  readonly place: Place;
}

/** How an error calls it. */
export function describeNode(node: SyntaxNode): string {
  switch (node.kind) {
    case 'string':
      return `'${node.value}'`;
    case 'boolean':
      return String(node.value);
    default:
      return `an ${node.kind}`;
  }
}
