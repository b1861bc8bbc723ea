/** One command of the human monitor. */
export interface Line {
  /** Its name, then shorter ones. */
  readonly names: readonly string[];
  readonly help: string;
  /** The most words that it takes; none if left out. */
  readonly most?: number;
  /** Carries it out; gives what is to be printed, if anything. */
  run(words: readonly string[], text: string): string | undefined | void;
}
