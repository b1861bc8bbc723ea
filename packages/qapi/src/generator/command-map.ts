import type { QapiCommand } from '../model/qapi-command.ts';
import type { QapiModel } from '../model/qapi-model.ts';
import type { ObjectType } from '../model/qapi-type.ts';
import { describeFacts, oneLine } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { interfaceText, memberText, nestedText, propertyName } from './layout.ts';
import { membersText } from './object-text.ts';
import type { Printing } from './printing.ts';
import { typeText } from './type-text.ts';

/** The interface of all commands: what each takes and returns. */
export function commandMapText(name: string, { commands }: QapiModel, printing: Printing): string {
  const entries = [...commands.values()].map((command) => entryText(command, printing));
  return docComment(['What each command takes and returns.'], '') + interfaceText(name, [], entries.join(''));
}

function entryText(command: QapiCommand, printing: Printing): string {
  const { definition, name, returns } = command;
  const link = printing.links.get(definition.name);
  const list = [
    ...describeOutcome('Returns', definition.returnsDocumentation),
    ...describeOutcome('Errors', definition.errorsDocumentation),
  ];
  const comment = docComment(describeFacts(definition, { remarks: remarksOn(command), list, link }), '  ');
  const gives = returns === undefined ? 'Empty' : typeText(returns, 'received', printing.names);
  const takes = argumentsType(command, printing);
  const entry = nestedText(propertyName(name), [
    ['arguments', takes],
    ['returns', gives],
  ]);
  return comment + entry;
}

/** What the arguments are called, or `undefined`. */
function argumentsType(command: QapiCommand, { names }: Printing): string {
  if (hasOwnArguments(command)) return names.derive('arguments', [command.name]);
  const type = command.arguments;
  return type?.name === undefined ? 'undefined' : typeText(type, 'sent', names);
}

/** Whether its arguments have an interface that is there for it only. */
function hasOwnArguments({ arguments: type, definition }: QapiCommand): boolean {
  if (type === undefined) return false;
  return type.name === undefined
    ? type.members.size > 0 || definition.open === true
    : definition.open === true && type.tag === undefined;
}

/** The interface of a command's arguments, unless it is that of a type, or there are none. */
export function argumentsText(command: QapiCommand, printing: Printing): string | undefined {
  const type = command.arguments;
  if (type === undefined || !hasOwnArguments(command)) return undefined;
  const members = type.name === undefined ? membersText([...type.members.values()], 'sent', printing) : '';
  const rest = command.definition.open === true ? restText(type, printing) : '';
  const bases = type.name === undefined ? [] : [typeText(type, 'sent', printing.names)];
  return interfaceText(printing.names.derive('arguments', [command.name]), bases, members + rest);
}

/** Members that no schema lists. In TypeScript those that it lists are of this type, too. */
function restText(type: ObjectType, { names }: Printing): string {
  const listed = Array.from(type.members.values(), (member) => member.type).filter((each) => each.kind !== 'builtin');
  const types = new Set(['JsonValue', ...listed.map((each) => typeText(each, 'sent', names)), 'undefined']);
  return memberText('[member: string]', [...types]);
}

/** What the documentation says of the reply, for those who asked for it. */
function describeOutcome(title: string, documentation: string | undefined): string[] {
  return documentation === undefined ? [] : [`- ${title}: ${oneLine(documentation)}`];
}

function remarksOn({ definition }: QapiCommand): string[] {
  return [
    ...(definition.allowOob === true ? ['Can be executed out-of-band.'] : []),
    ...(definition.allowPreconfig === true ? ['Allowed in the preconfig state, too.'] : []),
    ...(definition.silent === true ? ['There may be no reply when it succeeds.'] : []),
    ...(definition.open === true ? ['Takes further members.'] : []),
  ];
}
