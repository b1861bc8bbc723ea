import { expect, it } from 'vitest';
import { serverRules } from '../../packages/cli/src/conformance/rules/server/server-rules.ts';
import { testServer } from '../../packages/cli/src/conformance/test-server.ts';
import { describeVersions } from '../qemu/describe-versions.ts';
import { connect, type Listening, startQemu, startStorageDaemon } from '../qemu/qemu-process.ts';
import { reportOn, verdicts } from './report-on.ts';
import { startRelay } from './tampering-relay.ts';
import { tamperings } from './tamperings.ts';

const AT_LENGTH_MS = 120_000;

/** Waits until it serves, and leaves it to others. */
async function serving(listening: Listening): Promise<string> {
  await (await connect(listening)).disconnect();
  return listening.address.replace(/^unix:/, '');
}

describeVersions('qemu', (version) => {
  it('keeps every rule for servers', { timeout: AT_LENGTH_MS }, async () => {
    const report = await reportOn(await serving(startQemu(version)));
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(verdicts(report, 'not applicable')).toEqual(
      version.major < 6 ? ['only-what-is-offered', 'out-of-band'] : ['only-what-is-offered'],
    );
    expect(report.code).toBe(0);
  });

  it('is seen to break each rule behind a relay that tampers', { timeout: AT_LENGTH_MS }, async ({ skip }) => {
    skip(version.major !== 11, 'one version will do: it is the rules that are tested here');
    const path = await serving(startQemu(version));
    for (const rule of serverRules) {
      const tamper = tamperings[rule.name];
      if (tamper === undefined) throw new Error(`Nothing breaks ${rule.name}`);
      const { verdict } = await testServer(rule, await startRelay(path, tamper()), { timeoutMs: 2_000 });
      expect({ rule: rule.name, kind: verdict.kind }).toEqual({ rule: rule.name, kind: 'fail' });
    }
  });
});

describeVersions('storageDaemon', (version) => {
  it('keeps every rule that applies to it', { timeout: AT_LENGTH_MS }, async () => {
    const report = await reportOn(await serving(startStorageDaemon(version)));
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(verdicts(report, 'not applicable')).toContain('events');
  });
});
