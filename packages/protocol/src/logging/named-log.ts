import type { Logger } from './logger.ts';

/** How much a record matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A logger that puts the connection's current name before each record, and builds only records that somebody wants. */
export class NamedLog {
  readonly #logger: Logger | undefined;
  readonly #name: () => string;

  constructor(logger: Logger | undefined, name: () => string) {
    this.#logger = logger;
    this.#name = name;
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

  #write(level: LogLevel, text: () => string, details?: object): void {
    if (!this.wants(level)) return;
    try {
      const message = `${this.#name()}: ${text()}`;
      if (details === undefined) this.#logger?.[level](message);
      else this.#logger?.[level](message, details);
    } catch {
      // A logger that throws cannot be told so, and must not end a session.
    }
  }
}
