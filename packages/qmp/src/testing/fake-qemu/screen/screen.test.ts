import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';

import { startFake } from '../fake-qemu.test-kit.ts';
import { platformFiles } from '../files/browser-files.ts';
import { MemoryFiles } from '../files/memory-files.ts';
import { encodePng } from './encode-png.ts';

const PICTURE = { width: 2, height: 3, pixels: Uint8Array.from({ length: 18 }, (_, index) => index) };

/** The pieces of a PNG file, by name; their checksums are right. */
function chunksOf(file: Uint8Array): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  const bytes = Buffer.from(file);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.subarray(0, 4).toString(), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

describe('the screen of a fake QEMU', () => {
  it('is written to a file, as PPM or as PNG', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qmp-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { qemu, vm } = await startFake();
    await vm.execute('screendump', { filename: join(folder, 'ppm') });
    const ppm = readFileSync(join(folder, 'ppm'));
    expect(ppm.subarray(0, 15).toString()).toBe('P6\n720 400\n255\n');
    expect(ppm.subarray(15).equals(qemu.screen.picture.pixels)).toBe(true);
    await vm.execute('screendump', { filename: join(folder, 'png'), format: 'png' });
    const header = chunksOf(readFileSync(join(folder, 'png'))).get('IHDR');
    expect([header?.readUInt32BE(0), header?.readUInt32BE(4)]).toEqual([720, 400]);
    const missing = join(folder, 'no', 'folder');
    await expect(vm.execute('screendump', { filename: missing })).rejects.toThrow(
      `Could not create '${missing}': No such file or directory`,
    );
  });

  it('shows what a test has it show', async () => {
    const files = new MemoryFiles();
    const { qemu, vm } = await startFake({ files });
    qemu.screen.show(PICTURE);
    await vm.execute('screendump', { filename: '/screen.png', format: 'png' });
    const data = inflateSync(chunksOf(files.get('/screen.png') ?? new Uint8Array(0)).get('IDAT') ?? Buffer.alloc(0));
    expect([...data]).toEqual([0, 0, 1, 2, 3, 4, 5, 0, 6, 7, 8, 9, 10, 11, 0, 12, 13, 14, 15, 16, 17]);
    expect(() => qemu.screen.show({ ...PICTURE, width: 3 })).toThrow('18 bytes of pixels; expected 27');
  });

  it('fits into as many blocks of a PNG as it takes', () => {
    const [width, height] = [200, 150];
    const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => index % 251);
    const data = inflateSync(chunksOf(encodePng({ width, height, pixels })).get('IDAT') ?? Buffer.alloc(0));
    expect(data.length).toBe((width * 3 + 1) * height);
    expect(data.subarray(1, 1 + width * 3).equals(pixels.subarray(0, width * 3))).toBe(true);
  });

  it('is not there without a graphics card', async () => {
    const { vm } = await startFake({ devices: [] });
    await expect(vm.execute('screendump', { filename: '/x' })).rejects.toThrow('no console');
  });

  it.each([
    [Object.assign(new Error('denied'), { code: 'EACCES' }), 'Permission denied'],
    [Object.assign(new Error('odd'), { code: 'EODD' }), 'odd'],
    [new Error('out of luck'), 'out of luck'],
  ])('says why it cannot be written: %s', async (fault, sentence) => {
    const files = { writeFile: (): Promise<void> => Promise.reject(fault) };
    const { vm } = await startFake({ files });
    await expect(vm.execute('screendump', { filename: '/x' })).rejects.toThrow(`Could not create '/x': ${sentence}`);
  });

  it('cannot be written by a page, which has no files', async () => {
    await expect(platformFiles.writeFile('/x', new Uint8Array(0))).rejects.toThrow('a page has no files');
  });
});
