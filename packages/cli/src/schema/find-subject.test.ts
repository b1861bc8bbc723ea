import { describe, expect, it } from 'vitest';

import { sampleSchema } from '../description/sample-schema.test-kit.ts';
import { findSubject } from './find-subject.ts';

const schema = { model: sampleSchema, program: 'qemu', version: '11.1', place: undefined } as const;

describe('findSubject', () => {
  it('finds commands, events and types', () => {
    expect(findSubject(schema, 'disk-add')).toBe(sampleSchema.command('disk-add'));
    expect(findSubject(schema, 'TICK')).toBe(sampleSchema.event('TICK'));
    expect(findSubject(schema, 'Letter')).toBe(sampleSchema.type('Letter'));
  });

  it.each([
    ['disk_add', 'QEMU 11.1 has no "disk_add"; did you mean disk-add?'],
    ['disk-gone', 'QEMU 11.1 has no "disk-gone"; did you mean DISK_GONE?'],
    ['make-coffee', 'QEMU 11.1 has no "make-coffee"'],
  ])('says that there is no %s', (name, message) => {
    expect(() => findSubject(schema, name)).toThrow(new Error(message));
  });
});
