import { describe, expect, it } from 'vitest';

import { sampleSchema } from '../description/sample-schema.test-kit.ts';
import { definitionsBehind } from './definitions-behind.ts';

const namesBehind = (name: string): string[] => definitionsBehind(sampleSchema, name).map((each) => each.name);

describe('definitionsBehind', () => {
  it('gives a definition and all that it is made of, each once', () => {
    expect(namesBehind('disk-add')).toEqual([
      'disk-add',
      'Disk',
      'Cache',
      'DiskDriver',
      'FileDisk',
      'ReelDisk',
      'Letter',
      'DiskOrName',
    ]);
    expect(namesBehind('DISK_GONE')).toContain('Disk');
  });

  it('gives only that where it is made of nothing that is defined', () => {
    expect(definitionsBehind(sampleSchema, 'disk-any')).toEqual([sampleSchema.command('disk-any')?.definition]);
  });
});
