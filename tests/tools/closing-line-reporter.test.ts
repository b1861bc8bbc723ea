import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const reporter = fileURLToPath(new URL('../../tools/closing-line-reporter.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closing-line-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs these files with vitest; gives its exit status and the last line that it printed. */
function run(files: Readonly<Record<string, string>>): { status: number | null; lastLine: string | undefined } {
  const globalSetup = Object.keys(files).filter((name) => name.startsWith('setup'));
  const config = `
    import { ClosingLineReporter } from ${JSON.stringify(reporter)};
    const globalSetup = ${JSON.stringify(globalSetup)};
    export default { test: { globals: true, globalSetup, reporters: ['default', new ClosingLineReporter()] } };`;
  for (const [name, text] of Object.entries({ ...files, 'vitest.config.mjs': config })) {
    writeFileSync(join(folder, name), text);
  }
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', folder], { encoding: 'utf8' });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

describe('the last line of a test run', () => {
  it('counts what passed', () => {
    const files = { 'a.test.mjs': "it('passes', () => {}); it('passes too', () => {});" };
    expect(run(files)).toEqual({ status: 0, lastLine: '2 passed, 0 failed' });
  });

  it('counts what failed and what was skipped', () => {
    const files = {
      'a.test.mjs': "it('passes', () => {}); it('fails', () => expect(1).toBe(2)); it.skip('is left out', () => {});",
    };
    expect(run(files)).toEqual({ status: 1, lastLine: '1 passed, 1 failed, 1 skipped' });
  });

  it('counts a file that cannot be loaded and a hook that throws', () => {
    const files = {
      'a.test.mjs': "throw new Error('no tests');",
      'b.test.mjs': "it('passes', () => {}); afterAll(() => { throw new Error('afterwards'); });",
    };
    expect(run(files)).toEqual({ status: 1, lastLine: '1 passed, 2 failed' });
  });

  it('counts a global setup that throws', () => {
    const files = {
      'a.test.mjs': "it('passes', () => {});",
      'setup.mjs': "export function setup() { throw new Error('no QEMU'); }",
    };
    expect(run(files)).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
  });

  it('tells a run without any test from one that passed', () => {
    expect(run({})).toEqual({ status: 1, lastLine: '0 passed, 1 failed' });
  });
});
