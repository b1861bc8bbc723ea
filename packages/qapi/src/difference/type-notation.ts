import type { Member, QapiType } from '../model/qapi-type.ts';

/** A type, as a schema would write it. */
export function notationOf(type: QapiType): string {
  if (type.kind === 'array') return `[${notationOf(type.element)}]`;
  return type.name ?? 'object';
}

/** A member's type, and whether it may be missing. */
export function notationOfMember({ type, isOptional }: Member): string {
  return isOptional ? `optional ${notationOf(type)}` : notationOf(type);
}
