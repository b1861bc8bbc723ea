import type { Terminal } from '../terminal/terminal.ts';

/** One command of `qmp`. */
export interface Command {
  /** What `qmp COMMAND --help` prints. */
  readonly help: string;
  /**
   * Does it, and gives the exit code.
   *
   * @throws UsageError when the words are wrong; any other error becomes one line and exit code 1.
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
