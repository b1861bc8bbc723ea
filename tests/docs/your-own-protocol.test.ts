import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../qemu/test-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/your-own-protocol.md'), 'utf8');

/** The files that the page has its reader write: a path in backquotes and a colon, then what is to stand there. */
const FILES = Array.from(PAGE.matchAll(/^`([^`]+)`:\n\n```\w+\n(.*?)^```$/gms), ([, path = '', text = '']) => {
  return { path, text };
});

/** Does what the page says: writes its files into an empty folder, and runs its commands there. */
describe('the page about a protocol of your own', () => {
  let folder: string;
  beforeAll(() => {
    // Inside of the workspace, so that the packages are found as those who install them find them.
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    folder = mkdtempSync(join(ROOT, '.cache', 'your-own-protocol-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function writeFiles(socket = '/tmp/key-value.sock'): void {
    for (const { path, text } of FILES) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text.replaceAll('/tmp/key-value.sock', socket));
    }
  }

  function run(command: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: process.env });
    return { status, output: `${stdout}${stderr}` };
  }

  it('names a file for each piece of code', () => {
    const pieces = Array.from(PAGE.matchAll(/^```(?:ts|json)$/gm)).length;
    expect(FILES).toHaveLength(pieces);
    expect(FILES.map(({ path }) => path)).toContain('src/key-value.test.ts');
  });

  it('leads to a protocol whose tests pass', () => {
    writeFiles();
    const { status, output } = run('npm', 'test');
    expect({ status, output }).toMatchObject({ status: 0, output: expect.stringMatching(/pass [1-9]/) as string });
    expect(output).toMatch(/fail 0/);
  });

  it('leads to a program that says what the page says', () => {
    writeFiles(join(temporaryFolder(), 'socket'));
    const { status, output } = run('npm', 'start');
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toMatch(/^18446744073709551616n\n\{ kind: 'disconnected' \}$/m);
  });
});
