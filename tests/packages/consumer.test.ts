import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';
import { compile, packProject } from './packed-project.ts';

/** The same words on every platform. */
const PROGRAM = `import { QmpClient } from 'qmp';

const client: QmpClient = new QmpClient();
await client.connect('carrier-pigeon:7').catch((error: Error) => console.log(error.message));
`;

/** A project that has installed the packages as they are published. */
let project: string;
beforeAll(() => {
  project = packProject();
  writeFileSync(join(project, 'program.ts'), PROGRAM);
});
afterAll(() => rmSync(project, { recursive: true }));

describe('a project that imports from qmp', () => {
  it('runs where it is, with the sockets of the platform', () => {
    expect(compile(project, 'program.ts', { module: 'nodenext' })).toBe('');
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
    const options = { module: 'esnext', moduleResolution: 'bundler', customConditions: ['browser'] };
    expect(compile(project, 'program.ts', options)).toBe('');
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
