import { QapiModel } from '../model/qapi-model.ts';
import { definitionsOf } from './definitions-of.ts';
import { matchNames } from './match-names.ts';
import { nameByUse } from './name-by-use.ts';
import { parseEntries } from './parse-entries.ts';
import { SchemaGraph } from './schema-graph.ts';

/** How {@link readIntrospection} names types. */
export interface IntrospectionOptions {
  /**
   * A model to take the names of types from, best that of the same version: those that QEMU masks are recovered by where
   * they are used and how they look. What is not in it, and everything without one, is named after its use, such as
   * `QueryBlockReturnsInserted`.
   */
  readonly names?: QapiModel | undefined;
}

/**
 * Reads what a running QEMU or storage daemon says of itself: what `query-qmp-schema` returned.
 *
 * ```ts
 * const model = readIntrospection(await vm.execute('query-qmp-schema'));
 * ```
 *
 * It differs from the model of the same QEMU's source in what introspection hides: all integers are `int`, nothing
 * carries a condition, a version or a documentation, bases are part of what extends them, and types that no command or
 * event uses are missing. A guest agent knows no introspection.
 *
 * @throws SchemaError for what is none, naming the entry, what is wrong with it, and what was expected.
 */
export function readIntrospection(reply: unknown, options: IntrospectionOptions = {}): QapiModel {
  const graph = new SchemaGraph(parseEntries(reply));
  const known = options.names === undefined ? undefined : matchNames(graph, options.names);
  return new QapiModel(definitionsOf(graph, nameByUse(graph, known ?? new Map())));
}
