import { builtinJson } from '../../model/builtin-type.ts';
import type { AlternateDefinition } from '../../model/definition.ts';
import { identifierOf } from '../definitions/name.ts';
import { errorAt } from '../place.ts';
import type { CheckedSchema } from './checked-schema.ts';
import { describeDefinition } from './describe-definition.ts';
import { describeType, type FoundType, type TypeIndex } from './type-index.ts';

/** Checks that a value can be only one of an alternate's types. @throws SchemaError */
export function checkAlternate(definition: AlternateDefinition, types: TypeIndex, { places }: CheckedSchema): void {
  const subject = describeDefinition(definition);
  const names = new Map<string, string>();
  const takers = new Map<string, string>();
  for (const alternative of definition.alternatives) {
    const { name = '' } = alternative;
    const place = places.get(alternative);
    const part = `alternative "${name}" of ${subject}`;
    const other = names.get(identifierOf(name));
    if (other !== undefined) throw errorAt(place, `${part} clashes with "${other}"`);
    names.set(identifierOf(name), name);
    const type = types.find(alternative.type, part, place);
    const forms = formsOf(type);
    if (forms.length === 0) throw errorAt(place, `${part} is ${describeType(type)}, which has no JSON type of its own`);
    for (const form of forms) {
      const taker = takers.get(form);
      if (taker !== undefined) throw errorAt(place, `${part} cannot be told from "${taker}": both can be a ${form}`);
      takers.set(form, name);
    }
  }
}

/**
 * What a value of a type can look like. Command lines and key-value files know strings only: there, a string is also
 * what numbers and booleans are written as.
 */
function formsOf(type: FoundType): string[] {
  switch (type.kind) {
    case 'array':
    case 'object':
      return [type.kind];
    case 'enum': {
      const names = type.values.map(({ name }) => name);
      const isBoolean = names.some((name) => name === 'on' || name === 'off');
      const isNumber = names.some((name) => /^[-+0-9.]/.test(name));
      return ['string', ...(isBoolean ? ['boolean'] : []), ...(isNumber ? ['number'] : [])];
    }
    case 'alternate':
      return [];
    case 'builtin': {
      const json = builtinJson(type.name);
      if (json === 'any') return [];
      if (json === 'string') return ['string', 'boolean', 'number'];
      return [json === 'integer' ? 'number' : json];
    }
  }
}
