import type { Member, ObjectType } from '../model/qapi-type.ts';
import { describeFacts } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { interfaceText, memberText, propertyName } from './layout.ts';
import type { Printing } from './printing.ts';
import { typeText } from './type-text.ts';
import { type Direction, type NamedObject, ownMembers } from './wire-types.ts';

/** A struct: an interface of the members that it adds to those of its base. */
export function objectText(type: NamedObject, direction: Direction, printing: Printing): string {
  const { names } = printing;
  const name = names.of(type, direction);
  const comment = docComment(describeFacts(type, { link: printing.links.get(type.name) }), '');
  const bases = basesOf(type, direction, printing);
  const body = membersText(ownMembers(type), direction, printing);
  // An interface without members would take everything.
  if (bases.length === 0 && body === '') return `${comment}export type ${name} = Empty;\n`;
  return comment + interfaceText(name, bases, body);
}

/** The interface that an object extends, if there is anything in it. */
export function basesOf({ base }: ObjectType, direction: Direction, { names }: Printing): string[] {
  return base === undefined || base.members.size === 0 ? [] : [names.of(base, direction)];
}

/** Members, one a line, with their doc comments. */
export function membersText(members: readonly Member[], direction: Direction, { names }: Printing): string {
  return members
    .map((member) => {
      const comment = docComment(describeFacts(member), '  ');
      const type = typeText(member.type, direction, names);
      // What is sent may be made with `undefined` for what is left out; what is received has none.
      const types = member.isOptional && direction === 'sent' ? [type, 'undefined'] : [type];
      return comment + memberText(`${propertyName(member.name)}${member.isOptional ? '?' : ''}`, types);
    })
    .join('');
}
