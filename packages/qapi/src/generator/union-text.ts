import { describeFacts } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { interfaceText, memberText, propertyName, unionText } from './layout.ts';
import { membersText } from './object-text.ts';
import type { Printing } from './printing.ts';
import { type Arm, armsOf, type NamedUnion, sharedMembers, sharedName } from './union-arms.ts';
import type { Direction } from './wire-types.ts';

/** A union: an interface for each branch, and the type that is one of them. */
export function unionTypeText(type: NamedUnion, direction: Direction, printing: Printing): string {
  const { names } = printing;
  const name = names.of(type, direction);
  const arms = armsOf(type, direction, printing);
  const shared = membersText(sharedMembers(type), direction, printing);
  const base = sharedName(type, direction, printing);
  // Of a type that is written twice, the second time only what is different.
  const isAgain = name !== names.of(type, 'sent');
  const written = new Set(isAgain ? armsOf(type, 'sent', printing).map((arm) => arm.name) : []);
  if (isAgain) written.add(sharedName(type, 'sent', printing));
  const facts = describeFacts(type, { link: printing.links.get(type.name) });
  const union = unionText(
    name,
    arms.map((arm) => arm.name),
  );
  return [
    ...(shared === '' || written.has(base) ? [] : [interfaceText(base, [], shared)]),
    ...arms.filter((arm) => !written.has(arm.name)).map((arm) => armText(type, arm, direction, printing)),
    docComment(facts, '') + union,
  ].join('\n');
}

function armText({ tag }: NamedUnion, arm: Arm, direction: Direction, printing: Printing): string {
  const remarks = arm.isRest && arm.path.length === 0 ? [restRemark(tag.name, direction)] : [];
  const comment = docComment(describeFacts(arm.facts, { remarks, link: arm.link }), '');
  const tagText = docComment(describeFacts(tag), '  ') + memberText(propertyName(tag.name), arm.tag);
  return comment + interfaceText(arm.name, arm.bases, tagText + membersText(arm.members, direction, printing));
}

function restRemark(tag: string, direction: Direction): string {
  const newer = direction === 'received' ? ', those of newer servers included' : '';
  return `For each \`${tag}\` that brings no members of its own${newer}.`;
}
