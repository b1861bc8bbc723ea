import type { Member, ObjectType, QapiType } from '../model/qapi-type.ts';

/** A type, as a schema would write it. */
export function describeType(type: QapiType): string {
  if (type.kind === 'array') return `[${describeType(type.element)}]`;
  return type.name ?? 'object';
}

/** A member's type, and whether it may be missing. */
export function describeMember({ type, isOptional }: Member): string {
  return isOptional ? `optional ${describeType(type)}` : describeType(type);
}

/** Whether a type says nothing at all: a branch of it is as good as none. */
export function isEmpty(type: ObjectType): boolean {
  return type.members.size === 0 && type.branches.size === 0;
}
