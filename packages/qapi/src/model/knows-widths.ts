import { isBuiltinName } from './builtin-type.ts';
import type { Definition, MemberDefinition, TypeReference } from './definition.ts';
import { rangeOf } from './integer-range.ts';

/** Whether a schema tells integers by their width: one that was read from a running QEMU does not. */
export function knowsWidths(definitions: readonly Definition[]): boolean {
  return definitions.some((definition) => {
    switch (definition.kind) {
      case 'command':
        return isWidth(definition.returns) || haveWidth(definition.arguments);
      case 'event':
        return haveWidth(definition.data);
      case 'object':
        return haveWidth(definition.base) || haveWidth(definition.members);
      case 'alternate':
        return definition.alternatives.some(({ type }) => isWidth(type));
      case 'enum':
        return false;
    }
  });
}

function haveWidth(members: string | readonly MemberDefinition[] | undefined): boolean {
  return typeof members === 'object' && members.some(({ type }) => isWidth(type));
}

function isWidth(reference: TypeReference | undefined): boolean {
  const name = typeof reference === 'object' ? reference[0] : reference;
  return name !== undefined && name !== 'int' && isBuiltinName(name) && rangeOf(name) !== undefined;
}
