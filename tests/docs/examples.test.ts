import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outcomeOf } from '../cli/run-qmp.ts';
import { describeVersions } from '../qemu/describe-versions.ts';
import { startQemu } from '../qemu/qemu-process.ts';
import { examplesOn } from './examples-on.ts';
import { folderInWorkspace } from './folder-in-workspace.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/protocol.md',
  'docs/runtimes.md',
  'docs/schema.md',
  'docs/testing.md',
  'docs/server.md',
  'docs/transports.md',
  'examples/README.md',
  ...['protocol', 'node', 'qapi', 'qmp'].map((name) => `packages/${name}/README.md`),
];

describe('the examples in the docs', () => {
  it('compile', () => {
    const folder = folderInWorkspace();
    for (const page of PAGES) {
      for (const [index, example] of examplesOn(page).entries()) {
        // What a page imports from beside it.
        const program = example.replaceAll("from './", `from '${relative(folder, join(ROOT, dirname(page)))}/`);
        writeFileSync(join(folder, `${page.replaceAll('/', '-')}-${index + 1}.ts`), program);
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

  it('do what docs/server.md says', async () => {
    const [server = ''] = examplesOn('docs/server.md');
    const program = join(folderInWorkspace(), 'server.mjs');
    writeFileSync(program, server);
    const node = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void node.kill('SIGKILL'));
    const { code, stdout, stderr } = await outcomeOf(node);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^\{\s+status: ['"]paused['"],\s+running: false,?\s+\}\ndevice_del: Device 'disk' not found\n$/,
    );
  });
});

describeVersions('qemu', (version) => {
  it('does what the ten lines of the README say', async () => {
    const [tenLines = ''] = examplesOn('README.md');
    const { folder } = startQemu(version);
    const program = join(folderInWorkspace(), 'ten-lines.mjs');
    writeFileSync(program, tenLines.replaceAll('/tmp/vm.sock', join(folder, 'qmp')));
    const node = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void node.kill('SIGKILL'));
    const { code, stdout, stderr } = await outcomeOf(node);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // Runtimes print objects each in its own way.
    expect(stdout).toMatch(/^stopped at \d+\n\{\s+status: ['"]paused['"],[^}]*\}\nshut down: host-qmp-quit\n/);
    expect(stdout).toMatch(/\n\{\s+kind: ['"]disconnected['"],?\s+\}\n$/);
  });
});
