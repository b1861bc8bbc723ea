import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARBALLS = {
  '@qmp/protocol': /^qmp-protocol-/,
  '@qmp/qapi': /^qmp-qapi-/,
  '@qmp/node': /^qmp-node-/,
  qmp: /^qmp-\d/,
};

/** The oldest TypeScript that our types are made for, and the newest: their compilers. */
export const compilers: ReadonlyMap<string, string> = new Map([
  ['5.6', join(ROOT, 'tools/typescript-5.6/node_modules/.bin/tsc')],
  ['7.0', join(ROOT, 'node_modules/.bin/tsc')],
]);

/** The folder of a project that has installed the packages as they are published; its user removes it. */
export function packProject(): string {
  const project = mkdtempSync(join(tmpdir(), 'qmp-consumer-'));
  const workspaces = Object.keys(TARBALLS).flatMap((name) => ['--workspace', name]);
  const options = ['--ignore-scripts', '--silent', '--pack-destination', project];
  execFileSync('npm', ['pack', ...options, ...workspaces], { cwd: ROOT, encoding: 'utf8' });
  for (const [name, tarball] of Object.entries(TARBALLS)) {
    const installed = join(project, 'node_modules', name);
    mkdirSync(installed, { recursive: true });
    const [file = ''] = readdirSync(project).filter((entry) => tarball.test(entry));
    execFileSync('tar', ['-xzf', join(project, file), '--strip-components=1'], { cwd: installed });
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  return project;
}

/** What a compiler has to say of a file in a project, libraries included; nothing where it is content. */
export function compile(
  project: string,
  file: string,
  compilerOptions: Readonly<Record<string, unknown>>,
  version = '7.0',
): string {
  const common = { target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom'], types: [], strict: true };
  const settings = { compilerOptions: { ...common, skipLibCheck: false, ...compilerOptions }, files: [file] };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings));
  const words = ['--project', project, '--pretty', 'false'];
  const { status, stdout, stderr } = spawnSync(compilers.get(version) ?? '', words, { encoding: 'utf8' });
  if (status !== 0 && stdout === '') throw new Error(`The compiler of TypeScript ${version} failed: ${stderr}`);
  return stdout;
}
