import { join } from 'node:path';
import type { AnySchema } from 'qmp';
import { loadModel } from 'qmp/schema/qemu-11.1';
import { QmpServer } from 'qmp/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../qemu/test-process.ts';
import { reportOn, verdicts } from './report-on.ts';

const AT_LENGTH_MS = 120_000;

/** With a machine that can be stopped, and a model of QEMU 11.1 that says what goes out-of-band. */
async function startOurs(options: { readonly oob?: boolean } = {}): Promise<string> {
  const server: QmpServer<AnySchema> = new QmpServer<AnySchema>({
    ...options,
    model: await loadModel(),
    handlers: {
      'query-status': () => ({ status: 'running', running: true }),
      'query-yank': () => [],
      stop: () => server.emit('STOP'),
      cont: () => server.emit('RESUME'),
    },
  });
  const path = join(temporaryFolder(), 'qmp');
  await server.listen(path);
  onTestFinished(() => server.close());
  return path;
}

describe('QmpServer', () => {
  it('keeps every rule for servers', { timeout: AT_LENGTH_MS }, async () => {
    const report = await reportOn(await startOurs());
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(verdicts(report, 'not applicable')).toEqual(['only-what-is-offered']);
  });

  it('keeps them without out-of-band execution, too', { timeout: AT_LENGTH_MS }, async () => {
    const report = await reportOn(await startOurs({ oob: false }));
    expect(report.results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(verdicts(report, 'pass')).toContain('only-what-is-offered');
  });
});
