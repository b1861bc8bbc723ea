import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parseSeconds } from '../arguments/parse-seconds.ts';
import { parseWords } from '../arguments/parse-words.ts';
import { DEFAULT_TIMEOUT_SECONDS, TIMEOUT_WORDS } from '../arguments/timeout-words.ts';
import { TLS_HELP, TLS_WORDS } from '../arguments/tls-words.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { generateTypes } from '../schema/generate-types.ts';
import { checkTlsWords } from '../schema/check-tls-words.ts';
import { loadSchema } from '../schema/load-schema.ts';
import { schemaTitle } from '../schema/loaded-schema.ts';
import { chooseSource } from '../schema/schema-source.ts';
import { describeSystemError } from '../terminal/describe-system-error.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Command } from './command.ts';

const help = `Usage: qmp codegen --from SCHEMA --out FOLDER [--docs]

Writes the types of a schema as TypeScript: every command with its arguments and
its reply, every event with its data. The client that you make with them knows
them while you type:

  import { QmpClient } from 'qmp';
  import type { Qemu } from './generated/qemu.gen.ts';
  const vm = await QmpClient.connect<Qemu>('/tmp/vm.sock');

For QEMU 7.2, 10.0 and 11.1 they come with qmp, as 'qmp/schema/qemu-11.1' and so
on: this is for all others, and for builds of your own.

--from SCHEMA   the address of a QEMU that runs, QEMU's source such as ./qemu or
                ./qemu/qga, or a version (qmp help schema)
--out FOLDER    where the file goes: qemu.gen.ts, storage-daemon.gen.ts or
                guest-agent.gen.ts, by what the schema is of. It replaces the one
                of before. The same schema gives the same file, to the byte
--docs          with the documentation, from QEMU's source. It is QEMU's, and
                under its licence
--timeout SECONDS   how long to wait for a QEMU, and for its answer (default ${DEFAULT_TIMEOUT_SECONDS})

${TLS_HELP}
Examples:
  qmp codegen --from /tmp/vm.sock --out src/generated
  qmp codegen --from ./qemu --out src/generated --docs
  qmp codegen --from ./qemu/qga --out src/generated

Exit status: 0 the file is there; 1 it is not, and a sentence says why; 2 for
wrong usage.
`;

/** `qmp codegen`: a schema as TypeScript. */
export const codegen: Command = { help, run };

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseWords(args, {
    from: { type: 'string' },
    out: { type: 'string' },
    docs: { type: 'boolean', default: false },
    ...TIMEOUT_WORDS,
    ...TLS_WORDS,
  });
  const timeoutMs = parseSeconds('--timeout', values.timeout);
  const [unexpected] = positionals;
  if (unexpected !== undefined)
    throw new UsageError(`${JSON.stringify(unexpected)} is too much; expected options only`);
  if (values.from === undefined) {
    throw new UsageError("--from is missing; expected the address of a running QEMU, or the folder of QEMU's source");
  }
  if (values.out === undefined) throw new UsageError('--out is missing; expected the folder that the types go to');
  const source = await chooseSource(values.from);
  checkTlsWords(values, [source]);
  if (values.docs && source.kind !== 'tree') {
    throw new UsageError("--docs goes with QEMU's source only: nothing else has its documentation");
  }
  const schema = await loadSchema(source, {
    tls: values,
    documentation: values.docs,
    timeoutMs,
    signal: terminal.stop,
  });
  const { name, text } = generateTypes(schema, { hasDocumentation: values.docs });
  const path = join(values.out, name);
  await write(values.out, path, text);
  const { commands, events } = schema.model;
  await terminal.stdout.write(`${path}: ${commands.size} commands, ${events.size} events of ${schemaTitle(schema)}\n`);
  return 0;
}

async function write(folder: string, path: string, text: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new Error(`Cannot write ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}
