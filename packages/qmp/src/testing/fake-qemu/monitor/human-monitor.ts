import { CommandError } from '../../../server/command-error.ts';
import type { MachineOptions } from '../machine/machine-options.ts';
import type { Machine } from '../machine/machine.ts';
import { actions } from './actions.ts';
import type { Line } from './line.ts';
import { questions } from './questions.ts';

/** The human monitor, as far as it is played: what may be told it, and what may be asked by `info`. */
export class HumanMonitor {
  readonly #actions: ReadonlyMap<string, Line>;
  readonly #questions: ReadonlyMap<string, Line>;

  constructor(machine: Machine, options: MachineOptions) {
    this.#actions = byName(actions(machine));
    this.#questions = byName(questions(machine, options));
  }

  /** Carries out a line; gives what QEMU prints, errors included. */
  execute(text: string): string {
    const [name = '', ...words] = text.trim().split(/\s+/);
    if (name === '') return '';
    if (name === 'help' || name === '?') return list(this.#actions);
    if (name !== 'info') return run(this.#actions.get(name), text, words);
    const [subject, ...rest] = words;
    return subject === undefined ? list(this.#questions, 'info ') : run(this.#questions.get(subject), text, rest);
  }
}

function byName(lines: readonly Line[]): ReadonlyMap<string, Line> {
  return new Map(lines.flatMap((line) => line.names.map((name) => [name, line])));
}

function run(line: Line | undefined, text: string, words: readonly string[]): string {
  if (line === undefined) return print(`unknown command: '${text.trim()}'`);
  const { names, most = 0 } = line;
  if (words.length > most) {
    const name = names.join('|');
    return print(
      `${name}: extraneous characters at the end of line`,
      `Try "help ${names[0] ?? ''}" for more information`,
    );
  }
  try {
    const printed = line.run(words, text);
    return printed === undefined || printed === '' ? '' : print(...printed.split('\n'));
  } catch (error) {
    if (error instanceof CommandError) return print(`Error: ${error.message}`);
    throw error;
  }
}

function list(lines: ReadonlyMap<string, Line>, prefix = ''): string {
  return print(...[...new Set(lines.values())].map(({ names, help }) => `${prefix}${names.join('|')}  -- ${help}`));
}

function print(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}
