import type { BuiltinName } from '../model/builtin-type.ts';
import { SchemaError } from '../model/schema-error.ts';
import { EntryFields } from './entry-fields.ts';
import type { EntryBranch, EntryFacts, EntryMember, ObjectEntry, SchemaEntries, SchemaEntry } from './schema-entry.ts';

/** What a running QEMU calls its builtin types, by what they are on the wire. */
const builtins: Readonly<Record<string, BuiltinName>> = {
  string: 'str',
  number: 'number',
  int: 'int',
  boolean: 'bool',
  null: 'null',
  object: 'any',
  array: 'any',
  value: 'any',
};

const NONE: readonly string[] = [];

/**
 * Reads the entries of a `query-qmp-schema` reply, each by itself; what they refer to is not looked at.
 *
 * @throws SchemaError naming the entry, what is wrong in it, and what was expected.
 */
export function parseEntries(reply: unknown): SchemaEntries {
  if (!Array.isArray(reply)) throw noReply(reply);
  const entries = new Map<string, SchemaEntry>();
  for (const [index, item] of (reply as readonly unknown[]).entries()) {
    const fields = new EntryFields(item, 'entry', index);
    const name = fields.string('name');
    if (entries.has(name)) throw new SchemaError(`${fields.place}: an entry before it has the same name`);
    entries.set(name, parseEntry(fields));
  }
  return entries;
}

function noReply(reply: unknown): SchemaError {
  const isMessage = typeof reply === 'object' && reply !== null && Object.hasOwn(reply, 'return');
  const hint = isMessage ? ', which is what stands in its member "return"' : '';
  return new SchemaError(`Expected what query-qmp-schema returns, an array${hint}`);
}

function parseEntry(fields: EntryFields): SchemaEntry {
  const facts = factsOf(fields);
  const kind = fields.string('meta-type');
  switch (kind) {
    case 'builtin':
      return { ...facts, kind, builtin: { kind, name: builtinOf(fields) } };
    case 'enum':
      return { ...facts, kind, values: unique(fields, valuesOf(fields), ({ name }) => name) };
    case 'array':
      return { ...facts, kind, element: fields.string('element-type') };
    case 'object':
      return objectOf(fields, facts);
    case 'alternate':
      return { ...facts, kind, types: fields.objects('members').map((member) => member.string('type')) };
    case 'command':
      return {
        ...facts,
        kind,
        argumentsType: fields.string('arg-type'),
        returnsType: fields.string('ret-type'),
        allowsOob: fields.flag('allow-oob'),
      };
    case 'event':
      return { ...facts, kind, dataType: fields.string('arg-type') };
    default:
      throw new SchemaError(
        `${fields.place}: meta-type is ${JSON.stringify(kind)}; ` +
          'expected builtin, enum, array, object, alternate, command or event',
      );
  }
}

function factsOf(fields: EntryFields): EntryFacts {
  const name = fields.string('name');
  if (!fields.has('features')) return { name, features: NONE };
  return { name, features: unique(fields, fields.strings('features'), (feature) => feature) };
}

function builtinOf(fields: EntryFields): BuiltinName {
  const json = fields.string('json-type');
  const type = Object.hasOwn(builtins, json) ? builtins[json] : undefined;
  if (type !== undefined) return type;
  const expected = Object.keys(builtins).join(', ');
  throw new SchemaError(`${fields.place}: json-type is ${JSON.stringify(json)}; expected one of ${expected}`);
}

/** Before QEMU 6.2 there are only the names; since then these are deprecated. */
function valuesOf(fields: EntryFields): EntryFacts[] {
  if (fields.has('members')) return fields.objects('members').map(factsOf);
  return fields.strings('values').map((name) => ({ name, features: NONE }));
}

function objectOf(fields: EntryFields, facts: EntryFacts): ObjectEntry {
  const members = fields.objects('members').map((member): EntryMember => ({
    ...factsOf(member),
    type: member.string('type'),
    // Its value is `null`, whatever the default is.
    isOptional: member.has('default'),
  }));
  const branches = fields.has('variants')
    ? fields
        .objects('variants')
        .map((variant): EntryBranch => ({ value: variant.string('case'), type: variant.string('type') }))
    : [];
  return {
    ...facts,
    kind: 'object',
    members: unique(fields, members, ({ name }) => name),
    tag: fields.has('tag') ? fields.string('tag') : undefined,
    branches: unique(fields, branches, ({ value }) => value),
  };
}

function unique<T>(fields: EntryFields, items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const names = new Set<string>();
  for (const item of items) {
    const name = nameOf(item);
    if (names.has(name)) throw new SchemaError(`${fields.place}: ${JSON.stringify(name)} is in it twice`);
    names.add(name);
  }
  return items;
}
