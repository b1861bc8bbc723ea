import type { QapiCommand } from '../model/qapi-command.ts';
import type { QapiModel } from '../model/qapi-model.ts';
import { describeFacts } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { interfaceText, nestedText, propertyName } from './layout.ts';
import { membersText } from './object-text.ts';
import { linkOf, type Printing } from './printing.ts';
import { typeText } from './type-text.ts';

/** The interface of all commands: what each takes and returns. */
export function commandMapText(name: string, { commands }: QapiModel, printing: Printing): string {
  return interfaceText(name, [], [...commands.values()].map((command) => entryText(command, printing)).join(''));
}

function entryText(command: QapiCommand, printing: Printing): string {
  const { definition, name, returns } = command;
  const link = linkOf(printing, definition);
  const comment = docComment(describeFacts(definition, { remarks: remarksOn(command), link }), '  ');
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
  return type !== undefined && (definition.open === true || (type.name === undefined && type.members.size > 0));
}

/** The interface of a command's arguments, unless it is that of a type, or there are none. */
export function argumentsText(command: QapiCommand, printing: Printing): string | undefined {
  const type = command.arguments;
  if (type === undefined || !hasOwnArguments(command)) return undefined;
  const members = type.name === undefined ? membersText([...type.members.values()], 'sent', printing) : '';
  const rest = command.definition.open === true ? '  readonly [member: string]: JsonValue | undefined;\n' : '';
  const bases = type.name === undefined ? [] : [typeText(type, 'sent', printing.names)];
  return interfaceText(printing.names.derive('arguments', [command.name]), bases, members + rest);
}

function remarksOn({ definition }: QapiCommand): string[] {
  return [
    ...(definition.allowOob === true ? ['Can be executed out-of-band.'] : []),
    ...(definition.allowPreconfig === true ? ['Allowed in the preconfig state, too.'] : []),
    ...(definition.silent === true ? ['There may be no reply when it succeeds.'] : []),
    ...(definition.open === true ? ['Takes further members.'] : []),
  ];
}
