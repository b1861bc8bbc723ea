import { stringifyJson } from '@qmp/protocol/codecs';
import { type AnySchema, ExecuteError, QmpClient } from 'qmp';

import { parseCommandArguments } from '../arguments/command-arguments.ts';
import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { takeAddress } from '../arguments/take-address.ts';
import { DEFAULT_TIMEOUT_SECONDS, TIMEOUT_WORDS } from '../arguments/timeout-words.ts';
import { TLS_HELP, TLS_WORDS } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { connectTo } from '../connection/connect-to.ts';
import { formatJson } from '../terminal/format-json.ts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const help = `Usage: qmp exec [ADDRESS] COMMAND [key=value ... | JSON] [--timeout SECONDS]

Sends one command to QEMU and prints what it returns as JSON: over several lines
on a terminal, on one line otherwise. Integers are exact, up to 64 bits.

ADDRESS   where QEMU listens (see qmp --help); may be left out when QMP_SOCKET
          is set. It is told from COMMAND by having a "/" or a ":".
COMMAND   any command that this QEMU knows: qmp exec ADDRESS query-commands
JSON      the arguments as one JSON object
key=value one argument. The value is taken as JSON where it is JSON (numbers,
          true, false, null, {...}, [...], "quoted text") and as plain text
          otherwise; what begins with {, [ or " has to be JSON. A text that looks
          like a number or like true is quoted: key='"007"'.
          Dots make nested objects: a.b=1 a.c=2 is {"a": {"b": 1, "c": 2}}.

--timeout SECONDS   how long to wait for the connection, and then for the reply
                    (default ${DEFAULT_TIMEOUT_SECONDS}); a command that is given up may still take effect

${TLS_HELP}
Examples, with QEMU started like this:
  qemu-system-x86_64 -m 64 -display none -qmp unix:/tmp/vm.sock,server=on,wait=off

  qmp exec /tmp/vm.sock query-status
  qmp exec /tmp/vm.sock stop
  qmp exec /tmp/vm.sock screendump filename=/tmp/screen.ppm
  qmp exec /tmp/vm.sock human-monitor-command command-line='info registers'
  qmp exec /tmp/vm.sock blockdev-add driver=raw node-name=disk0 \\
      file.driver=file file.filename=/tmp/disk.img
  qmp exec /tmp/vm.sock send-key '{"keys": [{"type": "qcode", "data": "ret"}]}'
  QMP_SOCKET=/tmp/vm.sock qmp exec query-block | jq '.[].device'

Exit status: 0 with the return value on standard output; 1 with "Class: text" on
standard error when QEMU refuses the command, or with a sentence when it cannot
be asked; 2 for wrong usage.
`;

/** `qmp exec`: one command, one reply. */
export const exec: Command = { help, run };

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    ...TIMEOUT_WORDS,
    ...TLS_WORDS,
  });
  const timeoutMs = parseSeconds('--timeout', values.timeout);
  const target = takeAddress(positionals, terminal.env);
  const [command, ...words] = target.words;
  if (command === undefined) {
    throw new UsageError('The command is missing; expected one behind the address, such as query-status');
  }
  const commandArguments = parseCommandArguments(words);
  const options = { signal: terminal.stop, timeoutMs };
  const client = new QmpClient<AnySchema>();
  try {
    await connectTo(client, target, values, options);
    const value = await client.executeRaw(command, commandArguments, options);
    const text = terminal.stdout.isTty ? formatJson(value) : stringifyJson(value);
    await terminal.stdout.write(`${text}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ExecuteError)) throw error;
    await terminal.stderr.write(printable(`${error.errorClass}: ${error.description}\n`));
    return 1;
  } finally {
    // All is said: a QEMU that hangs now cannot hold this up.
    client.abort();
  }
}
