import { wantsHelp } from './arguments/parse-words.ts';
import { UsageError } from './arguments/usage-error.ts';
import { commandTable } from './commands/command-table.ts';
import type { Command } from './commands/command.ts';
import { Stop } from './terminal/stop.ts';
import type { Terminal } from './terminal/terminal.ts';
import { printable } from './terminal/printable.ts';

/** Runs `qmp` with the words of its command line; gives the exit code, and never throws. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [word, ...args] = argv;
  try {
    switch (word) {
      case '--version':
        return await print(terminal, `${await version()}\n`);
      case '--help':
      case '-h':
        return await print(terminal, await helpFor([]));
      case 'help':
        return await print(terminal, await helpFor(args));
      default:
        return await runCommand(word, args, terminal);
    }
  } catch (error) {
    return await report(error, word, terminal);
  }
}

async function runCommand(name: string | undefined, args: readonly string[], terminal: Terminal): Promise<number> {
  const command = await loadCommand(name);
  return wantsHelp(args) ? await print(terminal, command.help) : await command.run(args, terminal);
}

async function loadCommand(name: string | undefined): Promise<Command> {
  const load = commandTable.get(name ?? '');
  if (load !== undefined) return await load();
  const fault = name === undefined ? 'There is no command' : `${JSON.stringify(name)} is no command of qmp`;
  throw new UsageError(`${fault}; expected one of ${[...commandTable.keys(), 'help'].join(', ')}`);
}

async function helpFor([name]: readonly string[]): Promise<string> {
  if (name !== undefined) return (await loadCommand(name)).help;
  return (await import('./commands/general-help.ts')).generalHelp;
}

async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function print(terminal: Terminal, text: string): Promise<number> {
  await terminal.stdout.write(text);
  return 0;
}

/** One sentence for people, and the exit code. */
async function report(error: unknown, command: string | undefined, terminal: Terminal): Promise<number> {
  const reason: unknown = terminal.stop.reason;
  if (reason instanceof Stop) return reason.exitCode;
  const message = printable(error instanceof Error ? error.message : String(error));
  if (!(error instanceof UsageError)) {
    await terminal.stderr.write(`qmp: ${message}\n`);
    return 1;
  }
  const topic = command !== undefined && commandTable.has(command) ? `qmp ${command} --help` : 'qmp --help';
  await terminal.stderr.write(`qmp: ${message}. Try ${topic}\n`);
  return 2;
}
