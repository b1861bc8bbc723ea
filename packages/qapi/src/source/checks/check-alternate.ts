import { type BuiltinJson, builtinJson } from '../../model/builtin-type.ts';
import type { AlternateDefinition } from '../../model/definition.ts';
import { identifierOf } from '../definitions/check-name.ts';
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
    for (const plural of forms) {
      const taker = takers.get(plural);
      if (taker !== undefined) throw errorAt(place, `${part} cannot be told from "${taker}": both can be ${plural}`);
      takers.set(plural, name);
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
      return ['arrays'];
    case 'object':
      return ['objects'];
    case 'enum': {
      const names = type.values.map(({ name }) => name);
      const isBoolean = names.some((name) => name === 'on' || name === 'off');
      const isNumber = names.some((name) => /^[-+0-9.]/.test(name));
      return ['strings', ...(isBoolean ? ['booleans'] : []), ...(isNumber ? ['numbers'] : [])];
    }
    case 'alternate':
      return [];
    case 'builtin':
      return formsOfBuiltin(builtinJson(type.name));
  }
}

function formsOfBuiltin(json: BuiltinJson): string[] {
  switch (json) {
    case 'string':
      return ['strings', 'booleans', 'numbers'];
    case 'number':
    case 'integer':
      return ['numbers'];
    case 'boolean':
      return ['booleans'];
    case 'null':
      return ['null'];
    case 'any':
      return [];
  }
}
