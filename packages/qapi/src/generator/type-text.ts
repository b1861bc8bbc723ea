import type { BuiltinName } from '../model/builtin-type.ts';
import type { QapiType } from '../model/qapi-type.ts';
import type { TypeNames } from './type-names.ts';
import type { Direction } from './wire-types.ts';

const BUILTINS: { readonly [N in BuiltinName]: string } = {
  str: 'string',
  number: 'number',
  int: 'Int64',
  int8: 'number',
  int16: 'number',
  int32: 'number',
  int64: 'Int64',
  uint8: 'number',
  uint16: 'number',
  uint32: 'number',
  uint64: 'Int64',
  size: 'Int64',
  bool: 'boolean',
  null: 'null',
  any: 'JsonValue',
};

/** A type, as it is written where it is used. */
export function typeText(type: QapiType, direction: Direction, names: TypeNames): string {
  switch (type.kind) {
    case 'builtin':
      return BUILTINS[type.name];
    case 'array': {
      const element = typeText(type.element, direction, names);
      return `readonly ${type.element.kind === 'array' ? `(${element})` : element}[]`;
    }
    case 'object':
      // Only arguments and data have no name, and they are written where they are defined.
      if (type.name === undefined) throw new RangeError('An object without a name is used as the type of a member');
      return names.of(type, direction);
    case 'enum':
    case 'alternate':
      return names.of(type, direction);
  }
}
