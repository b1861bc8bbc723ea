import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outcomeOf } from '../cli/run-qmp.ts';
import { describeVersions, type TestedVersion } from '../qemu/describe-versions.ts';
import { connect, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';
import { exampleBelow, textOf } from './examples-on.ts';
import { folderInWorkspace } from './folder-in-workspace.ts';

const PAGE = 'docs/schema.md';
const QMP = fileURLToPath(new URL('../../packages/cli/bin/qmp.js', import.meta.url));

/** What an example prints. */
async function printedBy(example: string, folder = folderInWorkspace()): Promise<string> {
  const { outputText } = ts.transpileModule(example, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
  });
  const program = join(folder, 'program.mjs');
  writeFileSync(program, outputText);
  const node = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder });
  onTestFinished(() => void node.kill('SIGKILL'));
  const { code, stdout, stderr } = await outcomeOf(node);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** The path of a monitor that listens by now, and that nobody holds. */
async function startMonitor(version: TestedVersion<'qemu'>): Promise<string> {
  const qemu = startQemu(version);
  await (await connect(qemu)).disconnect();
  return join(qemu.folder, 'qmp');
}

describe('the page about the schema', () => {
  it('shows what the commands print', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'qmp'), `#!/bin/sh\nexec ${process.execPath} ${QMP} "$@"\n`);
    chmodSync(join(folder, 'qmp'), 0o755);
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}` };
    const shown = Array.from(textOf(PAGE).matchAll(/^```sh\n([^`]*)```\n\n```text\n([^`]*)```$/gm));
    expect(shown.length).toBeGreaterThan(2);
    for (const [, command = '', text] of shown) {
      expect(spawnSync('sh', ['-c', command], { env, encoding: 'utf8' }).stdout).toBe(text);
    }
  });

  it.each([PAGE, 'README.md'])('shows in %s what the compiler says', (page) => {
    const [, call = '', error = ''] = /^```text\n(vm\..*;)\n(error .*)\n```$/m.exec(textOf(page)) ?? [];
    const golden = textOf('tests/types/wrong-calls.md');
    expect(golden.includes(`void ${call}\n\`\`\`\n\n\`\`\`text\n${error}\n`)).toBe(true);
  });

  it('checks without a client', async () => {
    const text = textOf(PAGE);
    const example = exampleBelow(PAGE, 'Checking at run time', {});
    const second = text.slice(text.indexOf(example) + example.length);
    const [, validating = ''] = /^```ts\n(.*?)^```$/ms.exec(second) ?? [];
    expect(await printedBy(validating)).toBe('file.driver value null-co\n');
  });
});

describeVersions('qemu', (version) => {
  it.each([
    ['The schema', /^disk0 null-co 4294967296\n$/],
    ['Versions', /status: ['"]running['"]/],
    ['Integers', /^4194304n TiB\n$/],
    ['Exact in, open out', /^it runs\n$/],
    // Backups could not be tuned before QEMU 6.0.
    ['Can this QEMU do that?', version.major < 6 ? /^$/ : /^backups can be tuned\n/],
  ])('does what the example below "%s" says', async (heading, expected) => {
    const path = await startMonitor(version);
    expect(await printedBy(exampleBelow(PAGE, heading, { '/run/vm.sock': path }))).toMatch(expected);
  });

  it('is not asked what it would not understand, in the words of the page', async () => {
    const path = await startMonitor(version);
    const printed = await printedBy(exampleBelow(PAGE, 'Checking at run time', { '/run/vm.sock': path }));
    expect(textOf(PAGE)).toContain(`\`\`\`text\n${printed}\`\`\`\n`);
  });

  it('becomes types of its own', async () => {
    const folder = folderInWorkspace();
    const path = await startMonitor(version);
    const example = exampleBelow(PAGE, 'Types of your own QEMU', { '/run/vm.sock': path });
    const printed = await printedBy(example, folder);
    expect(readFileSync(join(folder, 'generated/qemu.ts'), 'utf8')).toContain('export interface MyQemuCommands {');
    expect(printed).toContain('get-win32-socket command removed\n');
  });
});
