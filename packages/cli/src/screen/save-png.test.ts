import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { encodePng } from './encode-png.ts';
import { pictureWith } from './picture.test-kit.ts';
import { savePng } from './save-png.ts';

it('writes a picture to a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'save-png-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'x.png');
  await savePng(pictureWith(7), path);
  expect(await readFile(path)).toEqual(encodePng(pictureWith(7)));
});

it('says in words why a file cannot be written', async () => {
  await expect(savePng(pictureWith(7), '/nowhere/x.png')).rejects.toThrow(
    'Cannot write the screenshot to /nowhere/x.png: no such file or directory',
  );
});
