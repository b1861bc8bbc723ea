import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { runQmp } from '../cli/run-qmp.ts';
import { packProject } from '../packages/packed-project.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8');

/** The files that the page shows: a path in backquotes and a colon, then what stands there. */
const FILES = Array.from(PAGE.matchAll(/^`([^`]+)`:\n\n```\w+\n(.*?)^```$/gms), ([, path = '', text = '']) => {
  return { path, text };
});

/** A project that has installed the packages as they are published, and Vitest, with these files. */
let project: string;
beforeAll(() => {
  project = packProject();
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(project, 'node_modules/vitest'));
});
afterAll(() => rmSync(project, { recursive: true }));

function writeFiles(change: (text: string, path: string) => string = (text) => text): void {
  for (const { path, text } of FILES) writeFileSync(join(project, path), change(text, path));
}

function run(program: string, ...args: readonly string[]) {
  const { VITEST: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, encoding: 'utf8', env });
  return { status, output: `${stdout}${stderr}` };
}

describe('the page about testing', () => {
  it('names a file for each piece of code that is run', () => {
    expect(FILES).toHaveLength(Array.from(PAGE.matchAll(/^```(?:js|json)$/gm)).length);
  });

  it('shows tests that pass with Vitest, in a project that has installed the packages', () => {
    writeFiles();
    const vitest = join(project, 'node_modules/vitest/vitest.mjs');
    const { status, output } = run(process.execPath, vitest, 'run', '--root', project);
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringMatching(/54 passed/) as string });
  });

  it.for(['pause', 'backup'])('shows a test that passes with node:test, in such a project: %s', (name, { skip }) => {
    skip(runtime !== 'Node', 'only Node has its test runner');
    writeFiles();
    const { status, output } = run(process.execPath, '--test', `${name}.node-test.js`);
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringMatching(/pass 1\b/) as string });
  });

  it('shows the recording as qmp log does', async () => {
    writeFiles();
    const [, shown = ''] = /^```text\n(Session 1.*?)^```$/ms.exec(PAGE) ?? [];
    expect((await runQmp(['log', join(project, 'pause.jsonl')])).stdout).toBe(shown);
  });

  it('quotes what a client is told that does something else', ({ skip }) => {
    skip(runtime !== 'Node', 'only Node has its test runner');
    const [, quoted = ''] = /^```text\n(Replay: .*)\n```$/m.exec(PAGE) ?? [];
    writeFiles((text, path) => (path === 'pause.js' ? text.replace("execute('stop')", "execute('cont')") : text));
    expect(run(process.execPath, '--test', 'pause.node-test.js').output).toContain(quoted);
  });
});
