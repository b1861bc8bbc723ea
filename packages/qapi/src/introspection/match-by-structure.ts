import { type BuiltinType, builtinJson } from '../model/builtin-type.ts';
import type { QapiModel } from '../model/qapi-model.ts';
import type { QapiType } from '../model/qapi-type.ts';
import type { TypeEntry } from './schema-entry.ts';
import type { SchemaGraph } from './schema-graph.ts';
import { pairsWithin, traitsOfEntry, traitsOfType, type TypeMatches, type TypePair } from './type-match.ts';

/** What is smaller looks like too much else. */
const FEWEST_TRAITS = 2;

/**
 * Matches types that no place tells anything about, as long as they and all that they use are the same, in circles too.
 *
 * @param matches those that are known; they are taken for granted, and new ones are added.
 */
export function matchByStructure(graph: SchemaGraph, model: QapiModel, matches: TypeMatches): void {
  const taken = new Set(matches.values());
  const free = [...model.types.values()].filter((type) => !taken.has(type));
  for (const entry of graph.types) {
    if (entry.kind === 'builtin' || entry.kind === 'array' || matches.has(entry)) continue;
    const traits = traitsOfEntry(graph, entry);
    if (traits.size < FEWEST_TRAITS) continue;
    for (const type of free) {
      if (type.kind !== entry.kind || !areEqual(traits, traitsOfType(type))) continue;
      const found = compareStructure(graph, [entry, type], matches);
      for (const [each, match] of found ?? []) matches.set(each, match);
      if (found !== undefined) break;
    }
  }
}

function areEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}

/** What follows if the two are the same: which others are the same, too. Undefined if that contradicts itself. */
function compareStructure(graph: SchemaGraph, start: TypePair, known: TypeMatches): TypeMatches | undefined {
  const taken = new Set(known.values());
  const assumed: TypeMatches = new Map();
  // Grows while it is walked through.
  const pairs = [start];
  for (const [entry, type] of pairs) {
    if (entry.kind === 'builtin' || type.kind === 'builtin') {
      if (!areSameBuiltins(entry, type)) return undefined;
      continue;
    }
    if (entry.kind !== type.kind) return undefined;
    if (entry.kind !== 'array' && type.kind !== 'array') {
      const match = known.get(entry) ?? assumed.get(entry);
      if (match === type) continue;
      if (match !== undefined || taken.has(type)) return undefined;
      if (!areEqual(traitsOfEntry(graph, entry), traitsOfType(type))) return undefined;
      assumed.set(entry, type);
      taken.add(type);
    }
    pairs.push(...pairsWithin(graph, entry, type));
  }
  return assumed;
}

function areSameBuiltins(entry: TypeEntry, type: QapiType): boolean {
  return entry.kind === 'builtin' && type.kind === 'builtin' && jsonOf(entry.builtin) === jsonOf(type);
}

function jsonOf({ name }: BuiltinType): string {
  return builtinJson(name);
}
