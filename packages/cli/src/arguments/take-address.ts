import type { Environment } from '../terminal/terminal.ts';
import { UsageError } from './usage-error.ts';

/** Which QEMU is meant, and the words behind its address. */
export interface Target {
  readonly address: string;
  /** Where the address comes from, for errors. */
  readonly source: 'command line' | 'QMP_SOCKET';
  readonly words: readonly string[];
}

/**
 * Takes the address off the words of a command: the first if it has a `/` or a `:`, which no command and no event has;
 * `$QMP_SOCKET` otherwise.
 *
 * @throws UsageError when there is neither.
 */
export function takeAddress(words: readonly string[], env: Environment): Target {
  const [first, ...rest] = words;
  if (first !== undefined && /[/:]/.test(first)) return { address: first, source: 'command line', words: rest };
  const address = env['QMP_SOCKET'];
  if (address !== undefined && address !== '') return { address, source: 'QMP_SOCKET', words };
  const fault = first === undefined ? 'is missing' : `is missing: ${JSON.stringify(first)} has neither a "/" nor a ":"`;
  throw new UsageError(
    `The address of QEMU ${fault}; expected one first, such as /run/vm.sock, ./vm.sock or localhost:4444, or in QMP_SOCKET`,
  );
}
