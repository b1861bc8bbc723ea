import { QapiModel } from '../model/qapi-model.ts';
import { checkSchema } from './checks/check-schema.ts';
import { isBoxed } from './definitions/command.ts';
import { readDefinition } from './definitions/read-definition.ts';
import type { Places } from './place.ts';
import { chooseRules, type RulesVersion } from './rules.ts';
import type { SchemaFiles } from './schema-files.ts';
import { readSchemaSource } from './schema-reader.ts';

/** How `parseSchema` goes about it. */
export interface SchemaOptions {
  /** Keeps the text of the documentation, too; it is longer than all the rest. */
  readonly documentation?: boolean | undefined;
  /**
   * The QEMU whose rules count, where versions disagree: which comments a schema has to have, and a few more. By
   * default they are those of the time that the schema's comments are from.
   */
  readonly rules?: RulesVersion | undefined;
}

/**
 * Reads the schema of a QEMU from its source: all that it defines, whatever the conditions under which it is built in.
 *
 * ```ts
 * const model = parseSchema({ 'qapi-schema.json': "{ 'command': 'quit' }" }, 'qapi-schema.json');
 * ```
 *
 * @param files the texts, by their paths
 * @param entry the path of the file to begin with; an include is looked for beside the file that it stands in
 * @throws SchemaError for whatever QEMU's own generator rejects; its `file` is a path as `files` has it
 */
export function parseSchema(files: SchemaFiles, entry: string, options: SchemaOptions = {}): QapiModel {
  const source = readSchemaSource(files, entry);
  const { expressions, freeComments, pragmas } = source;
  const places: Places = new WeakMap();
  const reading = { pragmas, keepsText: options.documentation === true, places };
  const definitions = expressions.map((expression) => ({
    definition: readDefinition(expression, reading),
    isBoxed: isBoxed(expression.node),
    documentation: expression.documentation,
  }));
  const rules = chooseRules(options.rules, source);
  const predefined = checkSchema({ definitions, freeComments, pragmas, places, rules });
  return new QapiModel([...definitions.map(({ definition }) => definition), ...predefined]);
}
