import { closestName, type NamedType, type QapiCommand, type QapiEvent } from '@qmp/qapi';

import { type LoadedSchema, schemaTitle } from './loaded-schema.ts';

/**
 * What a name stands for in a schema. Commands, events and types share their names.
 *
 * @throws Error when it is not there, with the name that was probably meant.
 */
export function findSubject(schema: LoadedSchema, name: string): QapiCommand | QapiEvent | NamedType {
  const { model } = schema;
  const subject = model.command(name) ?? model.event(name) ?? model.type(name);
  if (subject !== undefined) return subject;
  const closest = closestName(name, [...model.commands.keys(), ...model.events.keys(), ...model.types.keys()]);
  const hint = closest === undefined ? '' : `; did you mean ${closest}?`;
  throw new Error(`${schemaTitle(schema)} has no ${JSON.stringify(name)}${hint}`);
}
