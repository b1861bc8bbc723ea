import { describe, expect, it } from 'vitest';
import { ourClient, referenceClient } from '../../tools/conformance/contestants.mjs';
import type { Report } from '../../tools/conformance/table.mjs';
import { runQmp } from '../cli/run-qmp.ts';
import { isContinuousIntegration } from '../continuous-integration.ts';

/** All rules, each in a process of its own, on a machine that does other things too. */
const AT_LENGTH_MS = 300_000;

/** Of QEMU's own client: what it is known for. */
const BROKEN_BY_THE_REFERENCE = [
  'pretty-printed',
  'event-before-greeting',
  'event-during-negotiation',
  'not-more-than-eight',
];
const KEPT_BY_THE_REFERENCE = ['greeting-in-pieces', 'many-in-flight', 'error-reply', 'replies-out-of-order', 'quit'];

const reference = await referenceClient().catch((error: unknown) => {
  const why = `QEMU's client in Python is left out: ${String(error)}`;
  process.stderr.write(`${why}\n`);
  return why;
});

describe('qmp conformance --client', () => {
  it('passes our client in every rule', { timeout: AT_LENGTH_MS }, async () => {
    const { stdout, stderr, code } = await runQmp([
      'conformance',
      '--timeout',
      '30',
      '--json',
      '--client',
      ...ourClient().command,
    ]);
    expect(stderr).toBe('');
    const { subject, results } = JSON.parse(stdout) as Report;
    expect(subject).toMatch(/^qmp \d/);
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(code).toBe(0);
  });

  it("tells what QEMU's own client in Python does and does not", { timeout: AT_LENGTH_MS }, async ({ skip }) => {
    if (typeof reference === 'string') {
      // CI does not accept it.
      expect(isContinuousIntegration()).toBe(false);
      return skip(reference);
    }
    const rules = [...BROKEN_BY_THE_REFERENCE, ...KEPT_BY_THE_REFERENCE];
    const words = rules.flatMap((rule) => ['--rule', rule]);
    const command = ['conformance', '--json', ...words, '--client', ...reference.command];
    const { stdout, stderr, code } = await runQmp(command, { env: reference.env });
    expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
    const { subject, results } = JSON.parse(stdout) as Report;
    expect(subject).toMatch(/^qemu\.qmp \d/);
    const of = (kind: string): string[] => results.filter(({ verdict }) => verdict === kind).map(({ rule }) => rule);
    expect(of('fail').sort()).toEqual([...BROKEN_BY_THE_REFERENCE].sort());
    expect(of('pass').sort()).toEqual([...KEPT_BY_THE_REFERENCE].sort());
  });

  it('prints a line for each rule, and why one is broken', async () => {
    // An adapter that ends at once, having said its name.
    const adapter = [process.execPath, '-e', 'console.log(JSON.stringify({ client: "a stub" })); process.exitCode = 3'];
    const { code, stdout, stderr } = await runQmp(['conformance', '--rule', 'quit', '--client', ...adapter]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^fail {2}quit {2,}quit works/);
    expect(stdout).toContain("      the client's process ended with exit code 3\n");
    expect(stdout).toMatch(/\na stub: 0 passed, 1 failed, 0 not applicable\n$/);
  });

  it('says so when there is no adapter', async () => {
    const { code, stdout, stderr } = await runQmp(['conformance', '--client', './no-such-adapter']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^qmp: \.\/no-such-adapter cannot be started: .*ENOENT\n$/);
  });
});
