import { type Address, describeCause, EndOfStreamError } from '@qmp/protocol';
import { parseAddress } from '@qmp/node';
import { QmpClient } from 'qmp';
import { connectorThrough, platformConnector, record } from 'qmp/testing';

import { expectNoMore } from '../arguments/expect-no-more.ts';
import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { takeAddress } from '../arguments/take-address.ts';
import { TLS_HELP, TLS_WORDS } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { asUsageError, targetAddress } from '../connection/target-address.ts';
import { openSink, type Sink } from '../recording/open-sink.ts';
import { relay } from '../recording/relay.ts';
import { describeSystemError } from '../terminal/describe-system-error.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const DEFAULT_TIMEOUT_SECONDS = '30';

const help = `Usage: qmp record [ADDRESS] --out FILE [--listen ADDRESS] [--timeout SECONDS]

Writes a session with QEMU to a file, one line of JSON per message, with its time:
to be read (qmp log), replayed to the same program (qmp replay), or used in tests
(docs/testing.md). Passwords and other secrets are blotted out.

With --listen it stands between a program and QEMU: whoever connects to that
address talks to QEMU, and is recorded; one at a time, as QEMU has it. Each
connection is a session in the file. Without --listen it connects by itself and
records the events. Either way it goes on until ctrl-C, or, without --listen, until
QEMU goes.

ADDRESS            where QEMU listens (see qmp --help); may be left out when
                   QMP_SOCKET is set
--out FILE         where the recording goes; what was in the file before is lost.
                   - is the standard output
--listen ADDRESS   where programs are to connect; it is printed, on standard error,
                   once they can
--timeout SECONDS  how long to wait for a connection to QEMU (default ${DEFAULT_TIMEOUT_SECONDS})

${TLS_HELP}
Examples:
  qmp record /tmp/vm.sock --listen /tmp/recorded.sock --out session.jsonl &
  qmp exec /tmp/recorded.sock query-status
  qmp log session.jsonl

  qmp record /tmp/vm.sock --out events.jsonl
  qmp record /tmp/vm.sock --out - | qmp log -

Exit status: 0 after ctrl-C, or when QEMU has hung up; 1 when there is no
connection, or the recording cannot be written; 2 for wrong usage.
`;

/** `qmp record`: a session as a file. */
export const recordCommand: Command = { help, run };

/** What is recorded, and how QEMU is reached. */
interface Task {
  readonly address: Address;
  readonly timeoutMs: number;
  readonly out: string;
  readonly sink: Sink;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    out: { type: 'string' },
    listen: { type: 'string' },
    timeout: { type: 'string', default: DEFAULT_TIMEOUT_SECONDS },
    ...TLS_WORDS,
  });
  const timeoutMs = parseSeconds('--timeout', values.timeout);
  const target = takeAddress(positionals, terminal.env);
  expectNoMore(target.words, 'the address of QEMU only');
  const { out, listen } = values;
  if (out === undefined) throw new UsageError('--out is missing; expected the file that the recording is to go to');
  try {
    const address = await targetAddress(target, values);
    for (const each of listen === undefined ? [address] : [address, listen]) parseAddress(each);
    const sink = await openSink(out, terminal);
    const task = { address, timeoutMs, out, sink };
    try {
      await (listen === undefined ? watch(task, terminal) : relayAll(task, listen, terminal));
    } finally {
      await sink.close();
    }
  } catch (error) {
    if (!terminal.stop.aborted) throw asUsageError(error, target);
    if (error === terminal.stop.reason) return 0;
    // Being stopped is what was expected, this is not.
    await terminal.stderr.write(`qmp: ${printable(describeCause(error))}\n`);
    return 1;
  }
  return 0;
}

/** Records what QEMU says to one who listens only, up to its end or to `stop`. */
async function watch({ address, timeoutMs, out, sink }: Task, terminal: Terminal): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([terminal.stop, failure.signal]);
  const onFailure = (error: Error): void => failure.abort(error);
  const connector = connectorThrough(platformConnector, (link) => record(link, sink, { onFailure }));
  const client = new QmpClient({ connector });
  signal.addEventListener('abort', () => client.abort(signal.reason));
  await client.connect(address, { signal, timeoutMs });
  if (terminal.stderr.isTty) await terminal.stderr.write(`Connected; recording to ${out}, ctrl-C ends it.\n`);
  const end = await client.closed;
  // What the sink has failed of is told when it is closed.
  terminal.stop.throwIfAborted();
  if (end.kind !== 'lost' || end.error instanceof EndOfStreamError) return;
  throw new Error(`The connection is lost: ${describeCause(end.error)}`, { cause: end.error });
}

/** Records everybody who comes, up to `stop`. */
async function relayAll(task: Task, at: Address, { stderr, stop }: Terminal): Promise<void> {
  const complain = (text: string): void => void stderr.write(`qmp: ${printable(text)}\n`);
  const onFailure = (error: Error): void => {
    complain(`Cannot write to ${task.out}: ${describeSystemError(error)}; nothing is recorded any more`);
  };
  const listener = await platformConnector.listen(at, { signal: stop });
  try {
    await stderr.write(`Listening at ${listener.description}\n`);
    for (;;) {
      const client = await listener.accept({ signal: stop });
      try {
        const signal = AbortSignal.any([stop, AbortSignal.timeout(task.timeoutMs)]);
        const server = await platformConnector.dial(task.address, { signal });
        await relay(client, record(server, task.sink, { onFailure }), stop);
      } catch (error) {
        client.abort(error);
        stop.throwIfAborted();
        complain(`Cannot connect a client to QEMU: ${describeCause(error)}`);
      }
    }
  } finally {
    await listener.close();
  }
}
