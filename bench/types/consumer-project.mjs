import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url));

/** What the default schema is replaced by. */
const NO_SCHEMA = `import type { AnySchema } from '../qapi-schema.js';
export interface Qemu extends AnySchema {}
`;

/**
 * Makes a project with a program that uses `qmp`, as it is published or without its schema.
 *
 * @param {{ readonly hasSchema: boolean }} options
 * @returns {string} its folder
 */
export function makeConsumerProject({ hasSchema }) {
  const folder = join(ROOT, '.cache', hasSchema ? 'consumer' : 'consumer-without-schema');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(PROGRAM, join(folder, 'program.ts'));
  const compilerOptions = { target: 'es2022', module: 'nodenext', types: [], strict: true, noEmit: true };
  const lib = ['es2022', 'esnext.disposable', 'dom'];
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, lib }, files: ['program.ts'] }),
  );
  if (!hasSchema) {
    const qmp = join(folder, 'node_modules', 'qmp');
    cpSync(join(ROOT, 'packages/qmp/package.json'), join(qmp, 'package.json'));
    cpSync(join(ROOT, 'packages/qmp/dist'), join(qmp, 'dist'), { recursive: true });
    writeFileSync(join(qmp, 'dist/schema/types/qemu-11.1.gen.d.ts'), NO_SCHEMA);
  }
  return folder;
}
