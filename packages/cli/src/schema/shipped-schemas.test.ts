import { describe, expect, it } from 'vitest';

import { programWith } from './program.ts';
import { nearestSchema, shippedSchemas, wordOf } from './shipped-schemas.ts';

describe('shippedSchemas', () => {
  it('are all there, each under its word', async () => {
    const models = await Promise.all(
      shippedSchemas.map(async (schema) => [wordOf(schema), await schema.load()] as const),
    );
    expect(models.map(([word]) => word)).toEqual(
      ['7.2', '10.0', '11.1'].flatMap((version) => [version, `storage-daemon-${version}`, `guest-agent-${version}`]),
    );
    for (const [word, model] of models) {
      const program = programWith((name) => model.commands.has(name));
      expect(program).toBe(/^\d/.test(word) ? 'qemu' : word.replace(/-[\d.]+$/, ''));
    }
  });
});

describe('nearestSchema', () => {
  it.each([
    ['5.2', '7.2'],
    ['7.2', '7.2'],
    ['8.2', '7.2'],
    ['9.0', '10.0'],
    ['10.1', '10.0'],
    ['11.0', '11.1'],
    ['12.0', '11.1'],
  ])('of QEMU %s is that of %s', (version, nearest) => {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    expect(nearestSchema('qemu', major, minor).version).toBe(nearest);
  });

  it('is one of the same program', () => {
    expect(nearestSchema('storage-daemon', 11, 1)).toMatchObject({ program: 'storage-daemon', version: '11.1' });
  });
});
