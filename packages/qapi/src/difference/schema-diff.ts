import type { QapiCommand } from '../model/qapi-command.ts';
import type { QapiEvent } from '../model/qapi-event.ts';
import type { QapiModel } from '../model/qapi-model.ts';
import type { ObjectType } from '../model/qapi-type.ts';
import { compareFeatures } from './compare-features.ts';
import type { SchemaDifference } from './schema-difference.ts';
import { TypeComparison } from './type-comparison.ts';
import { collapsedWireName, exactWireName } from './widening.ts';

/** What a command without arguments takes, one without a result returns, and an event without data carries. */
const NOTHING: ObjectType = {
  kind: 'object',
  name: undefined,
  base: undefined,
  members: new Map(),
  tag: undefined,
  branches: new Map(),
};

/**
 * What is different from one schema to another, as far as it shows on the wire: commands, events, arguments, results,
 * values, branches, marks; and whether clients that were made for the first go on working with the second.
 *
 * ```ts
 * for (const { path, kind, isCompatible } of schemaDiff(old, current)) …
 * // blockdev-backup.arguments.x-perf, member added, true
 * ```
 *
 * Names of types do not count, nor does what is told of a schema's source only. Where one of the two was read from a
 * running QEMU, the width of integers does not either.
 *
 * @returns the differences, by their paths
 */
export function schemaDiff(before: QapiModel, after: QapiModel): readonly SchemaDifference[] {
  const isExact = before.knowsWidths && after.knowsWidths;
  const comparison = new TypeComparison(isExact ? exactWireName : collapsedWireName);
  for (const name of namesOf(before.commands, after.commands)) {
    compareCommands(comparison, name, before.command(name), after.command(name));
  }
  for (const name of namesOf(before.events, after.events)) {
    compareEvents(comparison, name, before.event(name), after.event(name));
  }
  return comparison.finish().sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** All names, in an order that does not depend on where they were read. */
function namesOf(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].sort();
}

function compareCommands(
  comparison: TypeComparison,
  name: string,
  before: QapiCommand | undefined,
  after: QapiCommand | undefined,
): void {
  const node = comparison.addRoot(name, 'in');
  if (before === undefined) node.report('command added', true, { condition: after?.definition.condition });
  else if (after === undefined) node.report('command removed', false, { condition: before.definition.condition });
  else {
    compareFeatures(node, before.definition, after.definition);
    const wasAllowed = before.definition.allowOob === true;
    const isAllowed = after.definition.allowOob === true;
    if (wasAllowed !== isAllowed) node.report(isAllowed ? 'out-of-band allowed' : 'out-of-band refused', isAllowed);
    comparison.compareUse(before.arguments ?? NOTHING, after.arguments ?? NOTHING, node, `${name}.arguments`);
    const returns = comparison.addRoot(name, 'out', `${name}.returns`);
    comparison.compareUse(before.returns ?? NOTHING, after.returns ?? NOTHING, returns, returns.path);
  }
}

function compareEvents(
  comparison: TypeComparison,
  name: string,
  before: QapiEvent | undefined,
  after: QapiEvent | undefined,
): void {
  const node = comparison.addRoot(name, 'out');
  if (before === undefined) node.report('event added', true, { condition: after?.definition.condition });
  else if (after === undefined) node.report('event removed', false, { condition: before.definition.condition });
  else {
    compareFeatures(node, before.definition, after.definition);
    comparison.compareUse(before.data ?? NOTHING, after.data ?? NOTHING, node, `${name}.data`);
  }
}
