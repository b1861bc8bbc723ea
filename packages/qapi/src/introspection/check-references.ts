import { jsonKindOf } from '../model/json-kind.ts';
import { SchemaError } from '../model/schema-error.ts';
import type { AlternateEntry, ArrayEntry, ObjectEntry, SchemaEntries, SchemaEntry, TypeEntry } from './schema-entry.ts';

/**
 * Checks that what the entries refer to is there, and can stand where it does.
 *
 * @throws SchemaError naming the entry, what is wrong with it, and what was expected.
 */
export function checkReferences(entries: SchemaEntries): void {
  for (const entry of entries.values()) {
    switch (entry.kind) {
      case 'builtin':
      case 'enum':
        break;
      case 'array':
        checkArray(entry, entries);
        break;
      case 'object':
        checkObject(entry, entries);
        break;
      case 'alternate':
        checkAlternate(entry, entries);
        break;
      case 'command':
        expectObject(entry, 'its arguments', entry.argumentsType, entries);
        typeNamed(entry, 'what it returns', entry.returnsType, entries);
        break;
      case 'event':
        expectObject(entry, 'its data', entry.dataType, entries);
        break;
    }
  }
}

function checkArray(entry: ArrayEntry, entries: SchemaEntries): void {
  const { kind } = typeNamed(entry, 'its elements', entry.element, entries);
  if (kind === 'array') throw fault(entry, 'its elements are arrays, which QAPI does not have');
}

function checkObject(entry: ObjectEntry, entries: SchemaEntries): void {
  for (const member of entry.members) typeNamed(entry, `the member "${member.name}"`, member.type, entries);
  for (const branch of entry.branches) expectObject(entry, `the branch "${branch.value}"`, branch.type, entries);
  if (entry.branches.length > 0 && entry.tag === undefined) throw fault(entry, 'it has branches but no tag');
  if (entry.tag === undefined) return;
  const tag = entry.members.find(({ name }) => name === entry.tag);
  if (tag === undefined) throw fault(entry, `its tag "${entry.tag}" is none of its members`);
  const { kind } = typeNamed(entry, 'its tag', tag.type, entries);
  if (kind !== 'enum')
    throw fault(entry, `its tag "${entry.tag}" is of a type that is ${article(kind)}; expected an enum`);
}

function checkAlternate(entry: AlternateEntry, entries: SchemaEntries): void {
  const kinds = new Set<string>();
  for (const name of entry.types) {
    const type = typeNamed(entry, 'one of its types', name, entries);
    const kind = jsonKindOf(type.kind === 'builtin' ? type.builtin : type);
    if (kind === undefined) throw fault(entry, `"${name}" is one of its types, but is no single JSON type`);
    if (kinds.has(kind)) throw fault(entry, `two of its types are ${kind} in JSON: they cannot be told apart`);
    kinds.add(kind);
  }
}

function expectObject(entry: SchemaEntry, role: string, name: string, entries: SchemaEntries): void {
  const { kind } = typeNamed(entry, role, name, entries);
  if (kind !== 'object') throw fault(entry, `${role}: the type "${name}" is ${article(kind)}; expected an object`);
}

function typeNamed(entry: SchemaEntry, role: string, name: string, entries: SchemaEntries): TypeEntry {
  const type = entries.get(name);
  if (type === undefined) throw fault(entry, `${role}: there is no type "${name}"`);
  if (type.kind !== 'command' && type.kind !== 'event') return type;
  throw fault(entry, `${role}: "${name}" is ${article(type.kind)}; expected a type`);
}

function article(kind: SchemaEntry['kind']): string {
  return `${/^[aeo]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

function fault({ kind, name }: SchemaEntry, what: string): SchemaError {
  return new SchemaError(`${kind} ${JSON.stringify(name)}: ${what}`);
}
