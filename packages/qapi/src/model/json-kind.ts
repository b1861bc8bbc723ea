import { builtinJson, type BuiltinType } from './builtin-type.ts';

/** The types of JSON. */
export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** The JSON type that all values of a type have, by which alternates tell them apart; undefined where there are several. */
export function jsonKindOf(
  type: BuiltinType | { readonly kind: 'array' | 'enum' | 'object' | 'alternate' },
): JsonKind | undefined {
  switch (type.kind) {
    case 'array':
    case 'object':
      return type.kind;
    case 'enum':
      return 'string';
    case 'alternate':
      return undefined;
    case 'builtin': {
      const json = builtinJson(type.name);
      if (json === 'any') return undefined;
      return json === 'integer' ? 'number' : json;
    }
  }
}
