import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { runQmp } from '../cli/run-qmp.ts';
import { folderInWorkspace } from './folder-in-workspace.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8');

/** The files that the page shows: a path in backquotes and a colon, then what stands there. */
const FILES = Array.from(PAGE.matchAll(/^`([^`]+)`:\n\n```\w+\n(.*?)^```$/gms), ([, path = '', text = '']) => {
  return { path, text };
});

/** A folder with these files, in which the packages are found as those who install them find them. */
function pageFolder(): string {
  const folder = folderInWorkspace();
  for (const { path, text } of FILES) writeFileSync(join(folder, path), text);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  // Or the workspace's own would be found.
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {};');
  return folder;
}

function run(folder: string, program: string, ...args: readonly string[]) {
  const { VITEST: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env });
  return { status, output: `${stdout}${stderr}` };
}

describe('the page about testing', () => {
  it('names a file for each piece of code that is run', () => {
    expect(FILES).toHaveLength(Array.from(PAGE.matchAll(/^```(?:js|json)$/gm)).length);
  });

  it('shows tests that pass with Vitest', () => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const folder = pageFolder();
    const { status, output } = run(folder, process.execPath, vitest, 'run', '--root', folder);
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringMatching(/51 passed/) as string });
  });

  it('shows a test that passes with node:test', ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has its test runner');
    const { status, output } = run(pageFolder(), process.execPath, '--test', 'pause.node-test.js');
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringMatching(/pass 1\b/) as string });
  });

  it('shows the recording as qmp log does', async () => {
    const [, shown = ''] = /^```text\n(Session 1.*?)^```$/ms.exec(PAGE) ?? [];
    expect((await runQmp(['log', join(pageFolder(), 'pause.jsonl')])).stdout).toBe(shown);
  });

  it('quotes what a client is told that does something else', ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has its test runner');
    const [, quoted = ''] = /^```text\n(Replay: .*)\n```$/m.exec(PAGE) ?? [];
    const folder = pageFolder();
    const test = readFileSync(join(folder, 'pause.js'), 'utf8').replace("execute('stop')", "execute('cont')");
    writeFileSync(join(folder, 'pause.js'), test);
    const { output } = run(folder, process.execPath, '--test', 'pause.node-test.js');
    expect(output).toContain(quoted);
  });
});
