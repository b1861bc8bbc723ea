import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, compilers, packProject } from './packed-project.ts';

const SCHEMAS = ['7.2', '10.0', '11.1'].flatMap((version) => [
  { path: `qemu-${version}`, name: 'Qemu', command: "'block_resize', { size: 2n ** 40n }" },
  {
    path: `storage-daemon-${version}`,
    name: 'StorageDaemon',
    command: "'blockdev-add', { driver: 'null-co', size: 512 }",
  },
  { path: `guest-agent-${version}`, name: 'GuestAgent', command: "'guest-file-open', { path: '/x' }" },
]);

/** A right call and a wrong one for each schema, and what it is like to use the default. */
const PROGRAM = `import { QmpClient } from 'qmp';
${SCHEMAS.map(({ path, name }, index) => `import { loadModel as load${index}, type ${name} as S${index} } from 'qmp/schema/${path}';\n`).join('')}
${SCHEMAS.map(
  ({ command }, index) => `
declare const client${index}: QmpClient<S${index}>;
void client${index}.execute(${command});
// @ts-expect-error
void client${index}.execute(${command.replace(/\w+(?=')/, '$&x')});
void load${index}().then((model) => model.command('block_resize')?.argument('size')?.isOptional);
`,
).join('')}
const vm = new QmpClient();
void vm.execute('blockdev-add', { driver: 'qcow2', file: { driver: 'file', filename: '/x', 'node-name': 'x' } });
// @ts-expect-error
void vm.execute('blockdev-add', { driver: 'qcow2', file: { driver: 'file', 'node-name': 'x' } });
void vm.execute('query-block').then(([first]) => {
  const specific = first?.inserted?.image['format-specific'];
  const size: number | bigint | undefined = specific?.type === 'qcow2' ? specific.data['refcount-bits'] : undefined;
  return size;
});
void vm.events.next('BLOCK_JOB_COMPLETED').then(({ data }) => data.device.length);
for await (const event of vm.events) if (event.event === 'SHUTDOWN') console.log(event.data.reason);
`;

let project: string;
beforeAll(() => {
  project = packProject();
  writeFileSync(join(project, 'program.ts'), PROGRAM);
});
afterAll(() => rmSync(project, { recursive: true }));

describe.each([...compilers.keys()])('TypeScript %s', (version) => {
  it('accepts right calls, refuses wrong ones, and has nothing against our declarations', () => {
    const options = {
      module: 'nodenext',
      noEmit: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
    };
    expect(compile(project, 'program.ts', options, version)).toBe('');
  });
});
