import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, it } from 'vitest';
import { runtime } from '../../packages/node/src/runtime.test-kit.ts';

it('is the one that the matrix says, also of the programs that tests start', () => {
  const { node, bun, deno } = process.versions;
  const version = { Node: node, Bun: bun, Deno: deno }[runtime] ?? '';
  expect(`${runtime} ${version}`).toBe(process.env['MATRIX_RUNTIME'] ?? `${runtime} ${version}`);
  expect(spawnSync(process.execPath, ['--version'], { encoding: 'utf8' }).stdout).toContain(version);
});
