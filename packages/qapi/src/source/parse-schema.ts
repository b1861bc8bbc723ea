import { QapiModel } from '../model/qapi-model.ts';
import { readDefinition } from './definitions/read-definition.ts';
import type { Place } from './place.ts';
import type { SchemaFiles } from './schema-files.ts';
import { readSchemaSource } from './schema-reader.ts';

/** How `parseSchema` goes about it. */
export interface SchemaOptions {
  /** Keeps the text of the documentation, too; it is as long as all the rest. */
  readonly documentation?: boolean | undefined;
}

/**
 * Reads the schema of a QEMU from its source: all that it defines, whatever the conditions under which it is built in.
 *
 * ```ts
 * const model = parseSchema({ 'qapi-schema.json': "{ 'command': 'quit' }" }, 'qapi-schema.json');
 * ```
 *
 * @param files the texts, by their paths
 * @param entry the path of the file to begin with; what it includes is looked up beside it
 * @throws SchemaError for whatever QEMU's own generator rejects; its `file` is a path as `files` has it
 */
export function parseSchema(files: SchemaFiles, entry: string, options: SchemaOptions = {}): QapiModel {
  const { expressions, pragmas } = readSchemaSource(files, entry);
  const places = new WeakMap<object, Place>();
  const reading = { pragmas, keepsText: options.documentation === true, places };
  const definitions = expressions.map((expression) => readDefinition(expression, reading));
  return new QapiModel(definitions);
}
