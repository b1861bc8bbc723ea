import type { TypeEntry } from './schema-entry.ts';
import { isEmpty, type SchemaGraph } from './schema-graph.ts';
import { TakenNames } from './taken-names.ts';

/** What QEMU masks the names of its types with. */
const MASK = /^\d/;
/** How types are called that exist in QEMU's generator only. */
const IMPLICIT = /^q_/;
const IDENTIFIER = /^[A-Za-z_]\w*$/;
/** A name that is longer goes on without its end. QEMU's own uses give half of that. */
const LONGEST = 120;

/**
 * Gives every type that a command or an event uses a name: that which it has; else one after its shortest use, such as
 * `QueryBlockReturnsInserted`. The same types get the same names, in whatever order they come.
 *
 * @param known the names that were found otherwise; `undefined` stands for a type that is to have none.
 */
export function nameByUse(
  graph: SchemaGraph,
  known: ReadonlyMap<TypeEntry, string | undefined>,
): ReadonlyMap<TypeEntry, string | undefined> {
  const taken = new TakenNames([...graph.commands, ...graph.events].map(({ name }) => name));
  for (const name of known.values()) if (name !== undefined) taken.add(name);
  const names = new Map<TypeEntry, string | undefined>();
  // Grows while it is walked through: breadth first, so that the first use is a shortest one.
  const uses = rootsOf(graph);
  for (const { type, suggestion } of uses) {
    if (names.has(type)) continue;
    let prefix = suggestion;
    if (type.kind !== 'builtin' && type.kind !== 'array') {
      const name = known.has(type) ? known.get(type) : taken.addFree(ownName(type) ?? suggestion);
      names.set(type, name);
      prefix = name ?? suggestion;
    }
    for (const use of graph.usesOf(type)) {
      uses.push({ type: use.type, suggestion: prefix.slice(0, LONGEST) + inPascalCase(use.step) });
    }
  }
  return names;
}

interface SuggestedUse {
  readonly type: TypeEntry;
  /** What the type is called if it has no name. */
  readonly suggestion: string;
}

function rootsOf(graph: SchemaGraph): SuggestedUse[] {
  const roots = [
    ...graph.commands.flatMap(({ name, argumentsType, returnsType }) => [
      { name: argumentsType, suggestion: `${inPascalCase(name)}Arguments` },
      { name: returnsType, suggestion: `${inPascalCase(name)}Returns` },
    ]),
    ...graph.events.map(({ name, dataType }) => ({
      name: dataType,
      suggestion: `${inPascalCase(name.toLowerCase())}Data`,
    })),
  ];
  return roots
    .map(({ name, suggestion }) => ({ type: graph.type(name), suggestion }))
    .filter(({ type }) => !isEmpty(type));
}

function ownName({ name }: TypeEntry): string | undefined {
  return MASK.test(name) || IMPLICIT.test(name) || !IDENTIFIER.test(name) ? undefined : name;
}

function inPascalCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
