import { schemaDiff } from '@qmp/qapi';

import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { TIMEOUT_WORDS } from '../arguments/timeout-words.ts';
import { TLS_WORDS } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { describeDifferences } from '../description/describe-differences.ts';
import { checkTlsWords } from '../schema/check-tls-words.ts';
import { loadSchema } from '../schema/load-schema.ts';
import { schemaTitle } from '../schema/loaded-schema.ts';
import { chooseSource } from '../schema/schema-source.ts';
import { paintFor } from '../terminal/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { textWidth } from '../terminal/text-width.ts';

/** `qmp schema diff`: what one schema has and another has not. */
export async function diffSchemas(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    json: { type: 'boolean', default: false },
    ...TIMEOUT_WORDS,
    ...TLS_WORDS,
  });
  const options = {
    tls: values,
    timeoutMs: parseSeconds('--timeout', values.timeout),
    signal: terminal.stop,
  };
  const [first, second, unexpected] = positionals;
  if (first === undefined || second === undefined) {
    const fault = first === undefined ? 'Both schemas are missing' : 'The second schema is missing';
    throw new UsageError(`${fault}; expected two, such as 7.2 11.1`);
  }
  if (unexpected !== undefined) throw new UsageError(`${JSON.stringify(unexpected)} is too much; expected two schemas`);
  const sources = [await chooseSource(first), await chooseSource(second)] as const;
  checkTlsWords(values, sources);
  // One after the other: a socket serves one client at a time.
  const before = await loadSchema(sources[0], options);
  const after = await loadSchema(sources[1], options);
  const differences = schemaDiff(before.model, after.model);
  const text = values.json
    ? JSON.stringify(differences, undefined, terminal.stdout.isTty ? 2 : undefined)
    : describeDifferences(differences, {
        before: schemaTitle(before),
        after: schemaTitle(after),
        paint: paintFor(terminal.stdout),
        width: textWidth(terminal.stdout),
      }).join('\n');
  await terminal.stdout.write(`${text}\n`);
  return 0;
}
