/** One thing that a client or a server has to do. */
export interface Rule<Test> {
  /** By which it is asked for and referred to: `greeting-in-pieces`. */
  readonly name: string;
  /** The rule itself, as a sentence without its full stop. */
  readonly says: string;
  /** Whether QMP's specification demands it, or what real servers do and users need. */
  readonly basis: 'specification' | 'practice';
  /**
   * Tries it out.
   *
   * @throws Violation when it is broken; NotApplicable where it does not concern this client or server.
   */
  check(test: Test): Promise<void>;
}
