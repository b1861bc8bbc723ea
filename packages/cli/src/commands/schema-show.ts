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
import { schemaTitle } from '../schema/loaded-schema.ts';
import { takeSource } from '../schema/schema-source.ts';
import { paintFor } from '../terminal/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
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
  const options = {
    origin: schemaTitle(schema),
    isComplete: values.all,
    paint: paintFor(terminal.stdout),
    width: textWidth(terminal.stdout),
  };
  const subject = name === undefined ? undefined : findSubject(schema, name);
  if (values.json) {
    const definitions = name === undefined ? schema.model.definitions : definitionsBehind(schema.model, name);
    await terminal.stdout.write(`${JSON.stringify(definitions, undefined, terminal.stdout.isTty ? 2 : undefined)}\n`);
    return 0;
  }
  const lines =
    subject === undefined
      ? describeSchema(schema.model, options)
      : describeDefinition(subject, { ...options, choices });
  await terminal.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
