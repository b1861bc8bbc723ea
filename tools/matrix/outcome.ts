/** What came of the tests under one runtime. */
export interface Outcome {
  passed: number;
  /** A line for each test, hook or file that failed. */
  readonly failures: string[];
  /** How many tests were skipped, by reason. */
  readonly skips: Record<string, number>;
}

/** One line of the table. */
export interface Row extends Outcome {
  /** Its name and version: `Node 22.23.3`. */
  readonly runtime: string;
  readonly seconds: number;
}
