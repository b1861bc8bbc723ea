import { describeCause } from '@qmp/protocol';
import { stringifyJson } from '@qmp/protocol/codecs';
import { type AnySchema, QmpClient } from 'qmp';

import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { takeAddress, type Target } from '../arguments/take-address.ts';
import { DEFAULT_TIMEOUT_SECONDS, TIMEOUT_WORDS } from '../arguments/timeout-words.ts';
import { TLS_HELP, TLS_WORDS, type TlsWords } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { connectTo } from '../connection/connect-to.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const help = `Usage: qmp events [ADDRESS] [NAME ...] [--timeout SECONDS]

Prints the events of QEMU as they happen, one line of JSON each, until ctrl-C or
until QEMU goes.

ADDRESS   where QEMU listens (see qmp --help); may be left out when QMP_SOCKET
          is set
NAME      only these events, such as STOP, RESUME or BLOCK_IO_ERROR; all events
          where none is given

--timeout SECONDS   how long to wait for the connection (default ${DEFAULT_TIMEOUT_SECONDS})

${TLS_HELP}
A QMP socket serves one client at a time. To watch and to steer a machine at the
same time, give it two:
  qemu-system-x86_64 -m 64 -display none \\
      -qmp unix:/tmp/vm.sock,server=on,wait=off \\
      -qmp unix:/tmp/watch.sock,server=on,wait=off

  qmp events /tmp/watch.sock &
  qmp exec /tmp/vm.sock stop

More examples:
  qmp events /tmp/watch.sock SHUTDOWN RESET
  qmp events /tmp/watch.sock STOP | head -n 1     # wait for one event
  qmp events /tmp/watch.sock | jq -r .event

Exit status: 0 after ctrl-C, or when nobody reads the output any more; 1 when
there is no connection, or when it ends; 2 for wrong usage.
`;

/** Event names of QEMU, and those of downstream builds behind a domain's name. */
const EVENT_NAME = /^(?:__[a-zA-Z0-9.-]+_)?[A-Z0-9_-]+$/;

/** `qmp events`: what happens in a machine, line by line. */
export const events: Command = { help, run };

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    ...TIMEOUT_WORDS,
    ...TLS_WORDS,
  });
  const timeoutMs = parseSeconds('--timeout', values.timeout);
  const target = takeAddress(positionals, terminal.env);
  for (const name of target.words) checkName(name);
  const client = new QmpClient<AnySchema>();
  try {
    await follow(client, target, { ...values, timeoutMs }, terminal);
    return 1;
  } catch (error) {
    if (terminal.stop.aborted && error === terminal.stop.reason) return 0;
    throw error;
  } finally {
    client.abort();
  }
}

/** Ends by throwing: the stream breaks with the session, or with the terminal's `stop`. */
async function follow(
  client: QmpClient<AnySchema>,
  target: Target,
  { timeoutMs, ...tlsWords }: TlsWords & { readonly timeoutMs: number },
  terminal: Terminal,
): Promise<void> {
  const signal = terminal.stop;
  const stream = client.events.of(...target.words, { signal });
  await connectTo(client, target, tlsWords, { signal, timeoutMs });
  if (terminal.stderr.isTty) await terminal.stderr.write('Connected; waiting for events, ctrl-C ends it.\n');
  try {
    for await (const event of stream) await terminal.stdout.write(`${stringifyJson(event)}\n`);
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`The connection is lost: ${describeCause(error)}`, { cause: error });
  }
}

function checkName(name: string): void {
  if (EVENT_NAME.test(name)) return;
  const hint = name.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  throw new UsageError(`${JSON.stringify(name)} is no event; events are in capitals, such as ${hint}`);
}
