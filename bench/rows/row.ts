import type { Peer } from '../server/start-peer.mjs';
import type { Workload } from '../workloads/workload.ts';

/** A JavaScript runtime to measure in. */
export interface Runtime {
  /** `Node 20.20.2` */
  readonly name: string;
  readonly executable: string;
}

/** Who is measured in a row. */
export type Contestant = 'qmp' | 'floor' | 'batched-floor' | 'C' | 'Python';

/** What one run of a contestant came to. */
export interface Sample {
  /** In the row's unit. */
  readonly value: number;
  /** A second look at the same thing, told in brackets; the row's title says what it is. */
  readonly aside?: number | undefined;
}

/** The samples of a row in one runtime, in the order that they were taken. A contestant that cannot run here is left out. */
export type Samples = ReadonlyMap<Contestant, readonly Sample[]>;

/** What a row says of our client in one runtime. */
export interface Verdict {
  readonly text: string;
  /** Left out where there is no bar. */
  readonly isMet?: boolean | undefined;
}

/** One thing that a row is asked. */
export interface Question {
  /** What is compared with what: `× floor`. */
  readonly text: string;
  /** The bar in words; empty where there is none. */
  readonly bar: string;
  /** Nothing where a contestant is missing. */
  answer(samples: Samples): Verdict | undefined;
}

/** What is measured together, interleaved: a line of the tables. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly unit: 'per second' | 'bytes' | 'ms' | 'µs' | 'kB' | 'instantiations';
  readonly peer?: Workload['peer'] | undefined;
  /** How many turns each contestant has in a round, where one is short; 1 if left out. */
  readonly turnsPerRound?: number | undefined;
  /** Whether it is the same each time, so that one round is enough. */
  readonly isConstant?: boolean | undefined;
  readonly contestants: readonly Contestant[];
  readonly questions: readonly Question[];
  /** One run; nothing where this contestant cannot run here. */
  measure(contestant: Contestant, runtime: Runtime, peer: Peer | undefined): Promise<Sample | undefined>;
}

/** What came of a row: its samples in each runtime. */
export interface Result {
  readonly row: Row;
  readonly samples: ReadonlyMap<Runtime, Samples>;
}
