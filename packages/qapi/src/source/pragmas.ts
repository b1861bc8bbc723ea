import { errorAt } from './place.ts';
import { describeNode, type SyntaxNode } from './expressions/syntax-node.ts';

/** What a schema says of its own rules. It holds for all of its files, wherever it stands; what is said last counts. */
export interface Pragmas {
  /** Each definition has a documentation comment. */
  documentationRequired: boolean;
  /** Commands whose names may have `_`. */
  commandNames: ReadonlySet<string>;
  /** Commands that may return something other than objects. */
  commandReturns: ReadonlySet<string>;
  /** Definitions whose members need no documentation. */
  documentation: ReadonlySet<string>;
  /** Types and commands whose members may be in upper case or have `_`. */
  memberNames: ReadonlySet<string>;
}

/** As it is where a schema says nothing. */
export function noPragmas(): Pragmas {
  const none: ReadonlySet<string> = new Set();
  return {
    documentationRequired: false,
    commandNames: none,
    commandReturns: none,
    documentation: none,
    memberNames: none,
  };
}

const lists = {
  'command-name-exceptions': 'commandNames',
  'command-returns-exceptions': 'commandReturns',
  'documentation-exceptions': 'documentation',
  'member-name-exceptions': 'memberNames',
} as const;

/** Takes over what a `pragma` says. @throws SchemaError */
export function applyPragma(pragmas: Pragmas, node: SyntaxNode): void {
  if (node.kind !== 'object') throw errorAt(node.place, `'pragma' is ${describeNode(node)}: expected an object`);
  for (const [name, value] of node.entries) {
    if (name === 'doc-required') {
      if (value.kind !== 'boolean')
        throw errorAt(value.place, `'${name}' is ${describeNode(value)}: expected true or false`);
      pragmas.documentationRequired = value.value;
    } else if (Object.hasOwn(lists, name)) {
      pragmas[lists[name as keyof typeof lists]] = new Set(stringsOf(value, name));
    } else {
      const known = ['doc-required', ...Object.keys(lists)].join(', ');
      throw errorAt(value.place, `unknown pragma '${name}': expected ${known}`);
    }
  }
}

function stringsOf(node: SyntaxNode, name: string): string[] {
  if (node.kind !== 'array')
    throw errorAt(node.place, `'${name}' is ${describeNode(node)}: expected an array of strings`);
  return node.elements.map((element) => {
    if (element.kind === 'string') return element.value;
    throw errorAt(element.place, `'${name}' holds ${describeNode(element)}: expected strings`);
  });
}
