import { expect } from 'vitest';
import type { Report } from '../../tools/conformance/table.mjs';
import { type Outcome, runQmp } from '../cli/run-qmp.ts';

/** What the command says of a server, by all rules. */
export async function reportOn(path: string): Promise<Report & Outcome> {
  const outcome = await runQmp(['conformance', '--json', '--server', path]);
  expect(outcome.stderr).toBe('');
  return { ...outcome, ...(JSON.parse(outcome.stdout) as Report) };
}

/** The rules with that verdict. */
export function verdicts({ results }: Report, kind: string): string[] {
  return results.filter(({ verdict }) => verdict === kind).map(({ rule }) => rule);
}
