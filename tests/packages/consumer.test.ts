import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARBALLS = {
  '@qmp/protocol': /^qmp-protocol-/,
  '@qmp/node': /^qmp-node-/,
  '@qmp/qapi': /^qmp-qapi-/,
  qmp: /^qmp-\d/,
};

/** The same words on every platform. */
const PROGRAM = `import { QmpClient } from 'qmp';

const client: QmpClient = new QmpClient();
await client.connect('carrier-pigeon:7').catch((error: Error) => console.log(error.message));
`;

/** A project that has installed the packages as they are published. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'qmp-consumer-'));
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
  writeFileSync(join(project, 'program.ts'), PROGRAM);
});
afterAll(() => rmSync(project, { recursive: true }));

/** Compiles the program to JavaScript, without a complaint. */
function compile(options: Readonly<Record<string, unknown>>): void {
  const compilerOptions = { target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom'], types: [], ...options };
  const settings = {
    compilerOptions: { strict: true, skipLibCheck: false, ...compilerOptions },
    files: ['program.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(settings));
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['--project', project], { encoding: 'utf8' });
}

describe('a project that imports from qmp', () => {
  it('runs where it is, with the sockets of the platform', () => {
    compile({ module: 'nodenext' });
    const printed = execFileSync(process.execPath, [join(project, 'program.js')], { encoding: 'utf8' });
    expect(printed).toContain('carrier-pigeon');
    expect(printed).not.toContain('a browser has no sockets');
  });

  it('starts without a part of Node that an empty program does not load', ({ skip }) => {
    skip(runtime !== 'Node', 'only Node tells what it has loaded');
    const program = join(project, 'loaded.js');
    writeFileSync(
      program,
      `const before = new Set(process.moduleLoadList);
await import('qmp');
console.log(JSON.stringify(process.moduleLoadList.filter((part) => !before.has(part))));
`,
    );
    expect(execFileSync(process.execPath, [program], { encoding: 'utf8' })).toBe('[]\n');
  });

  it('loads what is about schemas when it is asked for', () => {
    const program = join(project, 'schema.js');
    writeFileSync(
      program,
      `import { QmpClient } from 'qmp';
const client = new QmpClient({ validate: true, awaitGreeting: false, negotiate: false });
const transport = { description: 'nothing', readable: (async function* () {})(), write() {}, close() {}, abort() {} };
await client.connect(transport).catch((error) => console.log(String(error.cause)));
`,
    );
    const run = (): string => execFileSync(process.execPath, [program], { encoding: 'utf8' });
    expect(run()).not.toContain('@qmp/qapi');
    const [there, elsewhere] = [join(project, 'node_modules/@qmp/qapi'), join(project, 'elsewhere')];
    renameSync(there, elsewhere);
    try {
      // It has come as far as that: nothing that was imported needs it.
      expect(run()).toContain('@qmp/qapi');
    } finally {
      renameSync(elsewhere, there);
    }
  });

  it('becomes a bundle for browsers, in which nothing of Node is left', async () => {
    compile({ module: 'esnext', moduleResolution: 'bundler', customConditions: ['browser'] });
    const bundle = await build({
      root: project,
      configFile: false,
      logLevel: 'silent',
      build: { write: false, minify: false, target: 'es2022', rolldownOptions: { input: join(project, 'program.js') } },
    });
    const code = JSON.stringify(bundle);
    expect(code).toContain('a browser has no sockets');
    expect(code).not.toMatch(/node:|__vite-browser-external/);
  });
});
