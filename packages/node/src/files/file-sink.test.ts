import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

import { fileSink } from './file-sink.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'file');
}

it('a file takes all that is written, in order, and asks to wait where it is behind', async () => {
  const path = temporaryFile();
  const sink = await fileSink(path);
  expect(sink.write('é\n')).toBeUndefined();
  const large = 'x'.repeat(1_000_000);
  await expect(sink.write(large)).resolves.toBeUndefined();
  void sink.write('the end');
  await sink.close();
  expect(readFileSync(path, 'utf8')).toBe(`é\n${large}the end`);
  await (await fileSink(path)).close();
  expect(readFileSync(path, 'utf8')).toBe('');
});

it('a file that cannot be opened says why', async () => {
  await expect(fileSink(join(temporaryFile(), 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it.runIf(process.platform === 'linux')('a full disk is told to whoever writes, and to whoever closes it', async () => {
  const sink = await fileSink('/dev/full');
  await expect
    .poll(() => Promise.resolve(sink.write('x')).catch((error: Error) => error))
    .toMatchObject({ code: 'ENOSPC' });
  await expect(sink.close()).rejects.toMatchObject({ code: 'ENOSPC' });
});
