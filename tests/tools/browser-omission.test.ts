import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));

/** Runs the tests of one small file, on a machine that has no Chromium. */
function runWithoutChromium(CI: string): { status: number | null; stdout: string; stderr: string } {
  const args = [vitest, 'run', '--project', 'unit', 'packages/protocol/src/wait/deferred.test.ts'];
  const env = { ...process.env, CI, CHROMIUM: '/nonexistent/chromium' };
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
}

it('a run without Chromium passes, and says before and after it what it has left out', () => {
  const { status, stdout, stderr } = runWithoutChromium('');
  expect(status).toBe(0);
  expect(stderr.match(/NOT TESTED IN A BROWSER/g)).toHaveLength(2);
  expect(stdout).toMatch(/\n\d+ passed, 0 failed\n$/);
});

it('CI does not accept that', () => {
  const { status, stderr } = runWithoutChromium('true');
  expect(status).toBe(1);
  expect(stderr).toContain('There is no Chromium to test with, which CI does not accept');
});
