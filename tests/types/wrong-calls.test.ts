import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderInWorkspace } from '../docs/folder-in-workspace.ts';
import { wrongCalls } from './wrong-calls.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What stands before each call: it is the same line for all of them. */
const PROLOGUE = `import { type QmpClient } from 'qmp'; import type { GuestAgent } from 'qmp/schema/guest-agent-11.1'; \
declare const vm: QmpClient; declare const agent: QmpClient<GuestAgent>; export {};\n`;

/** Compiles each call as a file of its own; gives what the compiler says of it, by its number. */
function diagnose(calls: readonly string[]): string[] {
  const folder = folderInWorkspace();
  for (const [index, call] of calls.entries()) writeFileSync(join(folder, `call-${index}.ts`), PROLOGUE + call);
  const compilerOptions = {
    composite: false,
    noEmit: true,
    allowImportingTsExtensions: true,
    rewriteRelativeImportExtensions: false,
    isolatedDeclarations: false,
  };
  const settings = { extends: join(ROOT, 'tsconfig.base.json'), compilerOptions };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['--project', folder, '--pretty', 'false'], { encoding: 'utf8', cwd: folder });
  return calls.map((_, index) => {
    const start = new RegExp(`^call-${index}\\.ts\\(\\d+,\\d+\\): `);
    const lines = stdout.split('\n');
    const first = lines.findIndex((line) => start.test(line));
    if (first === -1) return 'nothing';
    const next = lines.findIndex((line, number) => number > first && !line.startsWith(' '));
    return lines.slice(first, next).join('\n').replace(start, '');
  });
}

it('is an error that a person understands, to call what QEMU does not know', async () => {
  const said = diagnose(wrongCalls.map(({ call }) => call));
  const sections = wrongCalls.map(({ title, call }, index) => {
    return `## ${title}\n\n\`\`\`ts\n${call}\n\`\`\`\n\n\`\`\`text\n${said[index]}\n\`\`\`\n`;
  });
  const intro = 'What the compiler says of calls that are wrong; `wrong-calls.test.ts` writes it down.\n';
  await expect(`# Wrong calls\n\n${intro}\n${sections.join('\n')}`).toMatchFileSnapshot('./wrong-calls.md');
  expect(said).not.toContain('nothing');
});
