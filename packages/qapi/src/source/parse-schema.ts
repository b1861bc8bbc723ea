import { QapiModel } from '../model/qapi-model.ts';
import { checkSchema } from './checks/check-schema.ts';
import { isBoxed } from './definitions/command.ts';
import { readDefinition } from './definitions/read-definition.ts';
import { isHistoricComment } from './documentation/comment-age.ts';
import { parseDocumentation } from './documentation/documentation-parser.ts';
import { checkFreeComment } from './documentation/free-comment.ts';
import { errorAt, type Places } from './place.ts';
import { historicRules, rulesOf, type RulesVersion } from './rules.ts';
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
  const { expressions, freeComments, orphans, pragmas } = readSchemaSource(files, entry);
  const isHistoric = expressions.some(({ comment }) => comment !== undefined && isHistoricComment(comment));
  const rules = options.rules === undefined && isHistoric ? historicRules : rulesOf[options.rules ?? '10.0'];
  for (const comment of freeComments) checkFreeComment(comment, rules);
  for (const comment of orphans) {
    const { symbol, place } = parseDocumentation(comment, rules);
    throw errorAt(place, `the documentation of "${symbol}" is not followed by its definition`);
  }
  const places: Places = new WeakMap();
  const reading = { pragmas, keepsText: options.documentation === true, places };
  const definitions = expressions.map(({ node, comment }) => {
    const documentation = comment && parseDocumentation(comment, rules);
    return { definition: readDefinition(node, documentation, reading), isBoxed: isBoxed(node), documentation };
  });
  const predefined = checkSchema({ definitions, pragmas, places, rules });
  return new QapiModel([...definitions.map(({ definition }) => definition), ...predefined]);
}
