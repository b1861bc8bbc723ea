import type { BuiltinName } from '../model/builtin-type.ts';
import type { QapiType } from '../model/qapi-type.ts';
import { rangeOf } from '../model/integer-range.ts';

/** More values than these are only counted. */
const LISTED_VALUES = 8;

const builtins: Readonly<Partial<Record<BuiltinName, string>>> = {
  str: 'a string',
  number: 'a number',
  int: 'an integer of 64 bits',
  int64: 'an integer of 64 bits',
  uint64: 'an integer of 64 bits',
  size: 'an integer of 64 bits',
  bool: 'a boolean',
  null: 'null',
  any: 'a value',
};

/** What a value of the type is, for people: `an integer from 0 to 255`. */
export function describeType(type: QapiType): string {
  switch (type.kind) {
    case 'builtin': {
      const { least, most } = rangeOf(type.name) ?? {};
      return builtins[type.name] ?? `an integer from ${String(least)} to ${String(most)}`;
    }
    case 'enum': {
      const values = [...type.values.keys()];
      if (values.length > LISTED_VALUES) return `one of the ${values.length} values of ${type.name}`;
      return listed(values.map((value) => JSON.stringify(value)));
    }
    case 'array':
      return 'an array';
    case 'object':
      return 'an object';
    case 'alternate':
      return listed([...new Set(type.alternatives.map((alternative) => describeType(alternative.type)))]);
  }
}

/** `"a", "b" or "c"` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
