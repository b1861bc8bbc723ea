import { parseAddress } from '@qmp/node';
import { platformConnector, replay, type ReplayMatch } from 'qmp/testing';

import { expectNoMore } from '../arguments/expect-no-more.ts';
import { parseChoice } from '../arguments/parse-choice.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { asUsageError } from '../connection/target-address.ts';
import { openRecording } from '../recording/open-recording.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const MATCHES: readonly ReplayMatch[] = ['exact', 'shape', 'command'];
const DELAYS = ['none', 'recorded'] as const;

const help = `Usage: qmp replay FILE --listen ADDRESS [--match exact|shape|command]
                  [--delays none|recorded]

Plays the QEMU of a recording (see qmp record) to whoever connects: says again what
it said, and answers what the client of the recording asked. A client that asks
anything else gets an error that says what was expected, and is hung up on. Each
connection gets the next session of the recording; behind the last one qmp replay
ends.

FILE               the recording; - is the standard input
--listen ADDRESS   where to listen: a path such as /tmp/vm.sock, or localhost:4444.
                   It is printed, on standard error, once clients can connect
--match exact      the client has to send the same messages; ids do not count
                   (default)
        shape      the same commands, with members of the same names and types
        command    the same commands
--delays none      answer at once (default)
         recorded  take as long as QEMU took

Examples:
  qmp replay session.jsonl --listen /tmp/vm.sock
  qmp replay session.jsonl --listen localhost:4444 --match shape --delays recorded

Exit status: 0 when clients did all that the recording says; 1 when one did
something else, or left something out; 2 for wrong usage.
`;

/** `qmp replay`: a QEMU that does again what it did. */
export const replayCommand: Command = { help, run };

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    listen: { type: 'string' },
    match: { type: 'string', default: 'exact' },
    delays: { type: 'string', default: 'none' },
  });
  const match = parseChoice('--match', values.match, MATCHES);
  const delays = parseChoice('--delays', values.delays, DELAYS);
  const [path, ...words] = positionals;
  if (path === undefined) throw new UsageError('The recording is missing; expected its file');
  expectNoMore(words, 'the file of the recording only');
  if (values.listen === undefined) throw new UsageError('--listen is missing; expected the address to listen at');
  try {
    parseAddress(values.listen);
    const recording = replay(await openRecording(path), { match, delays });
    try {
      await serve(recording, values.listen, terminal);
      await recording.finished();
    } finally {
      await recording[Symbol.asyncDispose]();
    }
    return 0;
  } catch (error) {
    throw asUsageError(error, { source: 'command line' });
  }
}

async function serve(recording: ReturnType<typeof replay>, at: string, { stderr, stop }: Terminal): Promise<void> {
  const listener = await platformConnector.listen(at, { signal: stop });
  const hangUp = (): void => void recording[Symbol.asyncDispose]();
  stop.addEventListener('abort', hangUp);
  try {
    await stderr.write(`Listening at ${listener.description}\n`);
    while (!recording.isOver) await recording.serve(await listener.accept({ signal: stop }));
    stop.throwIfAborted();
  } finally {
    await listener.close();
  }
}
