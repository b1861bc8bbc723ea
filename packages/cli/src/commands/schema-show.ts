import type { Definition } from '@qmp/qapi';

import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { TIMEOUT_WORDS } from '../arguments/timeout-words.ts';
import { TLS_WORDS } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { describeDefinition } from '../description/describe-definition.ts';
import { describeSchema } from '../description/describe-schema.ts';
import { definitionsBehind } from '../schema/definitions-behind.ts';
import { findSubject } from '../schema/find-subject.ts';
import { checkTlsWords } from '../schema/check-tls-words.ts';
import { loadSchema } from '../schema/load-schema.ts';
import { type LoadedSchema, schemaTitle } from '../schema/loaded-schema.ts';
import { takeSource } from '../schema/schema-source.ts';
import { paintFor } from '../terminal/paint.ts';
import type { Output, Terminal } from '../terminal/terminal.ts';
import { textWidth } from '../terminal/text-width.ts';

/** `qmp schema show`: all that a schema has by name, or one thing in it with all that belongs to it. */
export async function showSchema(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    ...TIMEOUT_WORDS,
    ...TLS_WORDS,
  });
  const timeoutMs = parseSeconds('--timeout', values.timeout);
  const { source, words } = await takeSource(positionals, terminal.env);
  checkTlsWords(values, [source]);
  const [name, ...choices] = words;
  if (values.json && choices[0] !== undefined) {
    throw new UsageError(`${JSON.stringify(choices[0])} does not go with --json, which has all branches`);
  }
  const schema = await loadSchema(source, { tls: values, timeoutMs, signal: terminal.stop });
  const text = values.json
    ? JSON.stringify(definitionsIn(schema, name), undefined, terminal.stdout.isTty ? 2 : undefined)
    : describe(schema, { name, choices, isComplete: values.all }, terminal.stdout).join('\n');
  await terminal.stdout.write(`${text}\n`);
  return 0;
}

function definitionsIn(schema: LoadedSchema, name: string | undefined): readonly Definition[] {
  if (name === undefined) return schema.model.definitions;
  findSubject(schema, name);
  return definitionsBehind(schema.model, name);
}

/** What is asked about a schema. */
interface Question {
  readonly name: string | undefined;
  readonly choices: readonly string[];
  readonly isComplete: boolean;
}

function describe(schema: LoadedSchema, { name, choices, isComplete }: Question, output: Output): readonly string[] {
  const options = { origin: schemaTitle(schema), isComplete, paint: paintFor(output), width: textWidth(output) };
  return name === undefined
    ? describeSchema(schema.model, options)
    : describeDefinition(findSubject(schema, name), { ...options, choices });
}
