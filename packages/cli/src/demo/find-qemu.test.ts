import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { emulatesPc, findQemu } from './find-qemu.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-qemu-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function addProgram(path: string, mode = 0o755): Promise<string> {
  const program = join(folder, path);
  await mkdir(join(program, '..'), { recursive: true });
  await writeFile(program, '#!/bin/sh\n');
  await chmod(program, mode);
  return program;
}

describe('findQemu', () => {
  it('takes $QEMU as it stands', async () => {
    expect(await findQemu({ QEMU: 'my-qemu', PATH: folder })).toBe('my-qemu');
  });

  it('prefers one for PCs, wherever it is on PATH', async () => {
    await addProgram('a/qemu-system-arm');
    const pc = await addProgram('b/qemu-system-x86_64');
    expect(await findQemu({ PATH: [join(folder, 'a'), join(folder, 'b')].join(delimiter) })).toBe(pc);
  });

  it('takes any other where there is none for PCs', async () => {
    await addProgram('a/qemu-img');
    await addProgram('a/qemu-system-arm.txt');
    const arm = await addProgram('a/qemu-system-aarch64');
    expect(await findQemu({ PATH: join(folder, 'a') })).toBe(arm);
  });

  it('finds none in folders that are missing or empty, nor in the current one', async () => {
    expect(await findQemu({ PATH: [join(folder, 'missing'), folder, ''].join(delimiter) })).toBeUndefined();
    expect(await findQemu({})).toBeUndefined();
  });
});

describe('emulatesPc', () => {
  it.each(['qemu-system-x86_64', '/opt/qemu-system-i386', '/usr/libexec/qemu-kvm', 'qemu'])(
    'says yes to %s',
    (name) => {
      expect(emulatesPc(name)).toBe(true);
    },
  );

  it.each(['qemu-system-aarch64', '/usr/bin/qemu-system-riscv64'])('says no to %s', (name) => {
    expect(emulatesPc(name)).toBe(false);
  });
});
