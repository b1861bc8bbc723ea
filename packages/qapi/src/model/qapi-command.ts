import type { CommandDefinition } from './definition.ts';
import { hasFeature } from './feature.ts';
import type { Member, ObjectType, QapiType } from './qapi-type.ts';

/** A command of a schema, with its types at hand. */
export class QapiCommand {
  readonly kind = 'command';
  readonly name: string;
  /** As it was defined; its features, condition and version stand here. */
  readonly definition: CommandDefinition;
  /** Undefined where it takes none. */
  readonly arguments: ObjectType | undefined;
  /** Undefined where the reply is an empty object. */
  readonly returns: QapiType | undefined;

  constructor(definition: CommandDefinition, args: ObjectType | undefined, returns: QapiType | undefined) {
    this.name = definition.name;
    this.definition = definition;
    this.arguments = args;
    this.returns = returns;
  }

  /** An argument by its name, in whichever branch it stands: whether this QEMU knows it, and of what type it is. */
  argument(name: string): Member | undefined {
    return this.arguments && findMember(this.arguments, name);
  }

  /** Whether it will go away. */
  get isDeprecated(): boolean {
    return hasFeature(this.definition, 'deprecated');
  }

  /** Whether it may change, or go away, without notice. */
  get isUnstable(): boolean {
    return hasFeature(this.definition, 'unstable');
  }
}

/** A member by its name, in whichever branch it stands. */
export function findMember(type: ObjectType, name: string): Member | undefined {
  const member = type.members.get(name);
  if (member !== undefined) return member;
  for (const branch of type.branches.values()) {
    const found = findMember(branch.type, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
