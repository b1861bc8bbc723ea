import { QapiModel } from '../model/qapi-model.ts';
import { checkSchema } from './checks/check-schema.ts';
import { isBoxed } from './definitions/read-command.ts';
import { readDefinition } from './definitions/read-definition.ts';
import { isHistoricComment } from './documentation/is-historic-comment.ts';
import { parseDocumentation } from './documentation/parse-documentation.ts';
import { checkFreeComment } from './documentation/check-free-comment.ts';
import { checkProse } from './documentation/check-prose.ts';
import { errorAt, type Places } from './place.ts';
import { historicRules, type Rules, rulesOf, type RulesVersion } from './rules.ts';
import type { SchemaFiles } from './schema-files.ts';
import { readSchemaSource, type SchemaSource } from './read-schema-source.ts';

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
  const { expressions, pragmas } = source;
  const rules = chooseRules(options.rules, source);
  checkComments(source, rules);
  const places: Places = new WeakMap();
  const reading = { pragmas, keepsText: options.documentation === true, places };
  const definitions = expressions.map(({ node, comment }) => {
    const documentation = comment && parseDocumentation(comment, rules);
    return { definition: readDefinition(node, documentation, reading), isBoxed: isBoxed(node), documentation };
  });
  const predefined = checkSchema({ definitions, pragmas, places, rules });
  return new QapiModel([...definitions.map(({ definition }) => definition), ...predefined]);
}

function chooseRules(version: RulesVersion | undefined, { expressions }: SchemaSource): Rules {
  if (version !== undefined) return rulesOf[version];
  const isHistoric = expressions.some(({ comment }) => comment !== undefined && isHistoricComment(comment));
  return isHistoric ? historicRules : rulesOf['10.0'];
}

/** Checks what can be said of comments without the definitions below them. */
function checkComments({ expressions, freeComments, orphans }: SchemaSource, rules: Rules): void {
  if (!rules.looseProse) {
    for (const { comment } of expressions) if (comment !== undefined) checkProse(comment);
    for (const comment of [...freeComments, ...orphans]) checkProse(comment);
  }
  for (const comment of freeComments) checkFreeComment(comment, rules);
  for (const comment of orphans) {
    const { symbol, place } = parseDocumentation(comment, rules);
    throw errorAt(place, `the documentation of "${symbol}" is not followed by its definition`);
  }
}
