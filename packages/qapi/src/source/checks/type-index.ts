import { type BuiltinType, isBuiltinName } from '../../model/builtin-type.ts';
import type {
  AlternateDefinition,
  Definition,
  EnumDefinition,
  ObjectDefinition,
  TypeReference,
} from '../../model/definition.ts';
import { errorAt, type Place, type Places } from '../place.ts';
import { describeDefinition } from './describe-definition.ts';

/** What a type reference leads to. */
export type FoundType =
  | BuiltinType
  | { readonly kind: 'array'; readonly element: FoundType }
  | EnumDefinition
  | ObjectDefinition
  | AlternateDefinition;

/** What kinds of values QEMU knows. It is there without being defined. */
export const qtype: EnumDefinition = {
  kind: 'enum',
  name: 'QType',
  values: ['none', 'qnull', 'qnum', 'qstring', 'qdict', 'qlist', 'qbool'].map((name) => ({ name })),
};

/** The types of a schema, by their names. */
export class TypeIndex {
  readonly #types = new Map<string, FoundType>([[qtype.name, qtype]]);
  #usesQtype = false;

  /** @throws SchemaError for a name that is defined twice; types, commands and events share theirs. */
  constructor(definitions: readonly Definition[], places: Places) {
    const known = new Map<string, Definition>();
    for (const definition of definitions) {
      const { name } = definition;
      const place = places.get(definition);
      if (isBuiltinName(name) || name === qtype.name) {
        throw errorAt(place, `${describeDefinition(definition)} has the name of a builtin type`);
      }
      const other = known.get(name);
      if (other !== undefined) {
        const { file = '', line = 0 } = places.get(other) ?? {};
        throw errorAt(
          place,
          `${describeDefinition(definition)} has the same name as ${describeDefinition(other)} at ${file}:${line}`,
        );
      }
      known.set(name, definition);
      if (definition.kind !== 'command' && definition.kind !== 'event') this.#types.set(name, definition);
    }
  }

  /** Whether anything refers to `QType`. */
  get usesQtype(): boolean {
    return this.#usesQtype;
  }

  /** @throws SchemaError where there is no such type. */
  find(reference: TypeReference, subject: string, place: Place | undefined): FoundType {
    if (typeof reference !== 'string') return { kind: 'array', element: this.find(reference[0], subject, place) };
    if (isBuiltinName(reference)) return { kind: 'builtin', name: reference };
    const type = this.#types.get(reference);
    if (type === undefined) throw errorAt(place, `${subject} uses the type "${reference}", which is not defined`);
    if (type === qtype) this.#usesQtype = true;
    return type;
  }
}

/** How an error calls it. */
export function describeType(type: FoundType): string {
  if (type.kind === 'array') return `an array of ${describeType(type.element)}`;
  return type.kind === 'builtin' ? `the builtin type "${type.name}"` : `the ${describeDefinition(type)}`;
}
