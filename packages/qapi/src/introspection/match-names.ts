import type { QapiModel } from '../model/qapi-model.ts';
import { matchByStructure } from './match-by-structure.ts';
import { matchByUse } from './match-by-use.ts';
import type { TypeEntry } from './schema-entry.ts';
import type { SchemaGraph } from './schema-graph.ts';

/**
 * What the types of a reply are called in a model; `undefined` for those that are written there where they are used, if
 * they can be.
 */
export function matchNames(graph: SchemaGraph, model: QapiModel): ReadonlyMap<TypeEntry, string | undefined> {
  const matches = matchByUse(graph, model);
  matchByStructure(graph, model, matches);
  const names = new Map<TypeEntry, string | undefined>();
  for (const [entry, { name }] of matches) {
    if (name !== undefined || canStandInPlace(graph, entry)) names.set(entry, name);
  }
  return names;
}

/** Only arguments and data can, if they have no branches and nothing else uses them. */
function canStandInPlace(graph: SchemaGraph, entry: TypeEntry): boolean {
  if (entry.kind !== 'object' || entry.branches.length > 0) return false;
  return graph.placesOf(entry) === 1;
}
