import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { outcomeOf } from '../cli/run-qmp.ts';
import { describeVersions } from '../qemu/describe-versions.ts';
import { startQemu } from '../qemu/qemu-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/protocol.md',
  ...['protocol', 'node', 'qmp'].map((name) => `packages/${name}/README.md`),
];

/** The examples on a page that are TypeScript. */
function examplesOn(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const examples = Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, example = '']) => example);
  if (examples.length === 0) throw new Error(`There is no example on ${page}`);
  return examples;
}

describe('the examples in the docs', () => {
  let folder: string;
  beforeEach(() => {
    // Inside of the workspace, so that packages are found as those who install them find them.
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.cache', 'examples-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('compile', () => {
    for (const page of PAGES) {
      for (const [index, example] of examplesOn(page).entries()) {
        writeFileSync(join(folder, `${page.replaceAll('/', '-')}-${index + 1}.ts`), example);
      }
    }
    const compilerOptions = { composite: false, noEmit: true, isolatedDeclarations: false, customConditions: [] };
    const settings = {
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: { ...compilerOptions, types: ['node'] },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    const { status, stdout } = spawnSync(tsc, ['--project', folder], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

describeVersions('qemu', (version) => {
  it('does what the ten lines of the README say', async () => {
    const [tenLines = ''] = examplesOn('README.md');
    const { folder } = startQemu(version);
    const program = tenLines.replaceAll('/tmp/vm.sock', join(folder, 'qmp'));
    const node = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void node.kill('SIGKILL'));
    const { code, stdout, stderr } = await outcomeOf(node);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^stopped at \d+\n\{ status: 'paused', .*\}\nshut down: host-qmp-quit\n/);
    expect(stdout).toMatch(/\n\{ kind: 'disconnected' \}\n$/);
  });
});
