import type { QapiEvent } from '../model/qapi-event.ts';
import type { QapiModel } from '../model/qapi-model.ts';
import { describeFacts } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { interfaceText, memberText, propertyName } from './layout.ts';
import { membersText } from './object-text.ts';
import type { Printing } from './printing.ts';
import { typeText } from './type-text.ts';

/** The interface of all events: the data of each. */
export function eventMapText(name: string, { events }: QapiModel, printing: Printing): string {
  const entries = [...events.values()].map((event) => entryText(event, printing));
  return docComment(['The data of each event.'], '') + interfaceText(name, [], entries.join(''));
}

function entryText(event: QapiEvent, printing: Printing): string {
  const { definition, name } = event;
  const comment = docComment(describeFacts(definition, { link: printing.links.get(definition.name) }), '  ');
  return comment + memberText(propertyName(name), [dataType(event, printing)]);
}

function dataType(event: QapiEvent, { names }: Printing): string {
  if (hasOwnData(event)) return names.derive('data', [event.name]);
  return event.data?.name === undefined ? 'undefined' : typeText(event.data, 'received', names);
}

function hasOwnData({ data }: QapiEvent): boolean {
  return data !== undefined && data.name === undefined && data.members.size > 0;
}

/** The interface of an event's data, unless it is that of a type, or there is none. */
export function dataText(event: QapiEvent, printing: Printing): string | undefined {
  if (event.data === undefined || !hasOwnData(event)) return undefined;
  const members = membersText([...event.data.members.values()], 'received', printing);
  return interfaceText(printing.names.derive('data', [event.name]), [], members);
}
