import type { QapiModel } from '../model/qapi-model.ts';
import type { SchemaGraph } from './schema-graph.ts';
import {
  type MaskedEntry,
  type MatchedType,
  pairsOfRoots,
  pairsWithin,
  traitsOfEntry,
  traitsOfType,
  type TypeMatches,
} from './type-match.ts';

/** Two types that were found in the same places. */
interface Claim {
  readonly entry: MaskedEntry;
  readonly type: MatchedType;
  /** From 0, nothing in common, to 1. */
  readonly likeness: number;
  places: number;
}

/**
 * Matches types that are used in the same places: the same command takes the same arguments, and a member of theirs is
 * of the same type, whatever else differs between versions and builds. Where places disagree, those win that look most
 * alike, and then those that agree most often.
 */
export function matchByUse(graph: SchemaGraph, model: QapiModel): TypeMatches {
  const matches: TypeMatches = new Map();
  const taken = new Set<MatchedType>();
  const claims = findClaims(graph, model);
  claims.sort((one, other) => other.likeness - one.likeness || other.places - one.places);
  for (const { entry, type } of claims) {
    if (matches.has(entry) || taken.has(type)) continue;
    matches.set(entry, type);
    taken.add(type);
  }
  return matches;
}

function findClaims(graph: SchemaGraph, model: QapiModel): Claim[] {
  const claims = new Map<MaskedEntry, Map<MatchedType, Claim>>();
  // Grows while it is walked through.
  const pairs = pairsOfRoots(graph, model);
  for (const [entry, type] of pairs) {
    if (entry.kind === 'builtin' || type.kind === 'builtin' || entry.kind !== type.kind) continue;
    if (entry.kind !== 'array' && type.kind !== 'array') {
      const claimsOfEntry = claims.get(entry) ?? new Map<MatchedType, Claim>();
      claims.set(entry, claimsOfEntry);
      const known = claimsOfEntry.get(type);
      if (known !== undefined) {
        known.places += 1;
        continue;
      }
      const claim = { entry, type, likeness: likenessOf(traitsOfEntry(graph, entry), traitsOfType(type)), places: 1 };
      claimsOfEntry.set(type, claim);
      if (claim.likeness === 0) continue;
    }
    pairs.push(...pairsWithin(graph, entry, type));
  }
  return [...claims.values()].flatMap((of) => [...of.values()].filter(({ likeness }) => likeness > 0));
}

/** How much of all that they have, they have in common. */
function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const trait of one) if (other.has(trait)) shared += 1;
  const all = one.size + other.size - shared;
  return all === 0 ? 1 : shared / all;
}
