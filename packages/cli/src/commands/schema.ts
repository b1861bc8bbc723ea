import { TLS_HELP } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { DEFAULT_TIMEOUT_SECONDS } from '../arguments/timeout-words.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const help = `Usage: qmp schema show [SCHEMA] [NAME [TAG=VALUE ...]] [--all] [--json]
       qmp schema diff SCHEMA SCHEMA [--json]

show   tells what a QEMU understands: all commands and events by name, or one
       command, event or type with its members, their types, when they came
       (since), whether they stay (deprecated, unstable), and in which builds they
       are (if). A "?" behind a name means that it may be left out.
diff   tells what the second schema has gained, lost and changed over the first.

SCHEMA is one of
  11.1, 10.0, 7.2              what QEMU understands in that version
  storage-daemon-11.1, ...     the same of its storage daemon
  guest-agent-11.1, ...        and of its guest agent
  /tmp/vm.sock, host:4444      the address of a QEMU that runs (see qmp --help);
                               for show, QMP_SOCKET where there is none. It is
                               asked itself: only what its build has is there
  ./qemu, ./qemu/qga           QEMU's source, or a folder of it that holds
                               qapi-schema.json

NAME       a command, an event or a type: blockdev-add, STOP, BlockInfo
TAG=VALUE  a branch of it, to see what that adds: driver=qcow2

--all      with NAME: all branches, and all types that it is made of, to the end;
           without it: the names of types, too
--json     for programs: an array of definitions, with NAME that of NAME first and
           those of its types behind it; for diff, an array of changes
--timeout SECONDS   how long to wait for a QEMU, and for its answer (default ${DEFAULT_TIMEOUT_SECONDS})

${TLS_HELP}
Examples:
  qmp schema show 11.1                              # everything, by name
  qmp schema show 11.1 block_resize
  qmp schema show 11.1 blockdev-add driver=qcow2
  qmp schema show /tmp/vm.sock query-block --json | jq '.[0].returns'
  qmp schema show /tmp/vm.sock blit-mirror || echo "this QEMU cannot do that"
  qmp schema diff 7.2 11.1
  qmp schema diff 11.1 /tmp/vm.sock                 # what this build lacks

Exit status: 0 it worked, also where there are differences; 1 it did not: there is
no such name, or the schema cannot be read; 2 for wrong usage.
`;

/** `qmp schema`: what a QEMU understands. */
export const schema: Command = { help, run };

async function run([word, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  switch (word) {
    case 'show':
      return await (await import('./schema-show.ts')).showSchema(args, terminal);
    case 'diff':
      return await (await import('./schema-diff.ts')).diffSchemas(args, terminal);
    default: {
      const fault = word === undefined ? 'There is no action' : `${JSON.stringify(word)} is no action of qmp schema`;
      throw new UsageError(`${fault}; expected show or diff`);
    }
  }
}
