/** Where a command's text goes. */
export interface Output {
  /** Whether a person reads it, and no program. */
  readonly isTty: boolean;
  readonly hasColors: boolean;
  /** Its width in characters, where it has one. */
  readonly columns: number | undefined;
  /** A promise means that the reader is slow, and rejects with the reason of `stop` when there is none any more. */
  write(text: string): void | Promise<void>;
}

/** All that a command sees of the process it runs in. */
export interface Terminal {
  readonly env: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Fires with a `Stop` when the command is to end: ctrl-C, or nobody reads its output any more. */
  readonly stop: AbortSignal;
}

/** The environment's variables. */
export type Environment = Readonly<Record<string, string | undefined>>;
