import type { JsonObject } from '@qmp/protocol/codecs';

import type { Verdict } from '../verdict.ts';

/** A rule, and what came of it. */
export interface Result {
  readonly rule: string;
  readonly says: string;
  readonly basis: 'specification' | 'practice';
  readonly verdict: Verdict;
}

/** What came of all rules, for one client or server. */
export interface Report {
  /** The name of what was tested. */
  readonly subject: string;
  readonly results: readonly Result[];
}

/** Whether nothing failed. */
export function isConformant({ results }: Report): boolean {
  return results.every(({ verdict }) => verdict.kind !== 'fail');
}

/** The report for programs: each verdict is a word, and why there is one. */
export function reportAsJson({ subject, results }: Report): JsonObject {
  const plain = results.map(({ verdict, ...rule }) => ({
    ...rule,
    verdict: verdict.kind,
    ...('why' in verdict ? { why: verdict.why } : undefined),
  }));
  return { subject, results: plain };
}
