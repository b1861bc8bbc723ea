import { describeCause } from '../errors/describe-cause.ts';
import type { Logger } from './logger.ts';

/** How much a record matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What log records and errors call by its name as it is now, or by its class while it has none. */
export interface Named {
  readonly name: string | undefined;
}

/** A logger that puts the connection's current name before each record, and builds only records that somebody wants. */
export class NamedLog {
  readonly #logger: Logger | undefined;
  readonly #owner: Named;

  constructor(owner: Named, logger: Logger | undefined) {
    this.#owner = owner;
    this.#logger = logger;
  }

  /** Whether records of the level go anywhere: spares what is done for each message the work for its record. */
  wants(level: LogLevel): boolean {
    try {
      return this.#logger !== undefined && this.#logger.isLevelEnabled?.(level) !== false;
    } catch {
      return false;
    }
  }

  /** Messages, and each change of state. */
  debug(text: () => string): void {
    this.#write('debug', text);
  }

  /** What is worth knowing and wrong with nobody. */
  info(text: () => string): void {
    this.#write('info', text);
  }

  /** What was dropped or lost. */
  warn(text: () => string): void {
    this.#write('warn', text);
  }

  /** What failed, with what was thrown. */
  error(text: () => string, error: unknown): void {
    this.#write('error', text, { error });
  }

  /** Code of a user's that was called and threw, which harms nobody else. */
  failed(what: string, error: unknown): void {
    this.error(() => `${what} failed: ${describeCause(error)}`, error);
  }

  #write(level: LogLevel, text: () => string, ...details: readonly object[]): void {
    if (!this.wants(level)) return;
    try {
      this.#logger?.[level](`${labelOf(this.#owner)}: ${text()}`, ...details);
    } catch {
      // A logger that throws cannot be told so, and must not end a session.
    }
  }
}

/** What log records and errors call it. */
export function labelOf(owner: Named): string {
  return owner.name ?? owner.constructor.name;
}
