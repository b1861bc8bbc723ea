import { stringifyJson } from '@qmp/protocol/codecs';
import { readRecording } from 'qmp/testing';

import { expectNoMore } from '../arguments/expect-no-more.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { formatLogItem } from '../recording/format-log-item.ts';
import { logItems } from '../recording/log-items.ts';
import { openRecording } from '../recording/open-recording.ts';
import { paintFor } from '../terminal/paint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const help = `Usage: qmp log FILE [--json]

Shows a recording (see qmp record) as a timeline: commands, replies with the time
that they took, events, and errors. On a terminal long lines are cut off; into a
file or a pipe they are whole.

FILE     the recording; - is the standard input
--json   one line of JSON for each: "kind" is session, command, reply, error, event,
         text (what is no message) or end; with "atMs", "name", "content", and
         "latencyMs" where there is one

Examples:
  qmp log session.jsonl
  qmp log session.jsonl | less
  qmp log session.jsonl --json | jq 'select(.latencyMs > 100) | .name'

Exit status: 0 it is all there; 1 it cannot be read; 2 for wrong usage.
`;

/** `qmp log`: a recording to read. */
export const log: Command = { help, run };

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, { json: { type: 'boolean' } });
  const [path, ...words] = positionals;
  if (path === undefined) throw new UsageError('The recording is missing; expected its file');
  expectNoMore(words, 'the file of the recording only');
  const { stdout, stop } = terminal;
  const options = { paint: paintFor(stdout), width: stdout.columns ?? Infinity };
  for await (const item of logItems(readRecording(await openRecording(path)))) {
    stop.throwIfAborted();
    const text = values.json === true ? stringifyJson({ ...item }) : formatLogItem(item, options);
    await stdout.write(`${text}\n`);
  }
  return 0;
}
