import { describe, expect, it } from 'vitest';

import { describeSchema } from './describe-schema.ts';
import { sampleSchema } from './sample-schema.test-kit.ts';

describe('describeSchema', () => {
  const options = { origin: 'QEMU 11.1', width: 80, paint: (_: unknown, text: string) => text };

  it('lists commands and events by name, with their facts', () => {
    expect(describeSchema(sampleSchema, { ...options, isComplete: false }).join('\n'))
      .toBe(`QEMU 11.1: 4 commands, 2 events, 8 types

commands
  disk-add   since 2.9
  disk-any
  disk-move  deprecated, feature by-id
  leave

events
  DISK_GONE
  TICK`);
  });

  it('lists types, too, where everything is to be told', () => {
    const lines = describeSchema(sampleSchema, { ...options, isComplete: true });
    expect(lines.slice(lines.indexOf('types'))).toEqual([
      'types',
      '  Cache       object',
      '  Disk        object',
      '  DiskDriver  enum',
      '  DiskOrName  alternate',
      '  FileDisk    object',
      '  Letter      enum',
      '  Nothing     object',
      '  ReelDisk    object',
    ]);
  });
});
