import { SchemaError } from '../model/schema-error.ts';
import { parseSchema, type SchemaOptions } from './parse-schema.ts';

/** What is wrong with a schema that is a single file, `a`; undefined where nothing is. */
export function faultOf(text: string, options?: SchemaOptions): string | undefined {
  try {
    parseSchema({ a: text }, 'a', options);
    return undefined;
  } catch (error) {
    if (error instanceof SchemaError) return error.message;
    throw error;
  }
}

/** Definitions that are right, and that wrong ones may use. */
export const sound = `
{ 'enum': 'Kind', 'data': [ 'one', 'two' ] }
{ 'struct': 'Empty', 'data': {} }
{ 'struct': 'Base', 'data': { 'kind': 'Kind' } }
{ 'struct': 'Maybe', 'data': { 'name': { 'type': 'str', 'if': 'A' } } }
{ 'union': 'Either', 'base': 'Base', 'discriminator': 'kind', 'data': {} }
{ 'alternate': 'Any', 'data': { 'n': 'null' } }
`;
