import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

import { writeHostFile } from './host-files.ts';

it('a file is written whole, in place of what was there, or the system says why not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'file');
  await writeHostFile(path, Uint8Array.of(1, 2, 3));
  await writeHostFile(path, Uint8Array.of(4));
  expect([...readFileSync(path)]).toEqual([4]);
  await expect(writeHostFile(join(path, 'file'), Uint8Array.of())).rejects.toMatchObject({ code: 'ENOTDIR' });
});
