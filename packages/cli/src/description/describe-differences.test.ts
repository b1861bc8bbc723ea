import { type Definition, QapiModel, schemaDiff } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';

import { describeDifferences } from './describe-differences.ts';

function differencesBetween(before: readonly Definition[], after: readonly Definition[]): string {
  const differences = schemaDiff(new QapiModel(before), new QapiModel(after));
  const options = { before: 'QEMU 1.0', after: 'QEMU 2.0', width: 80, paint: (_: unknown, text: string) => text };
  return describeDifferences(differences, options).join('\n');
}

const disk = (members: Extract<Definition, { kind: 'object' }>['members']): Definition[] => [
  { kind: 'object', name: 'Disk', members },
  { kind: 'command', name: 'disk-add', arguments: 'Disk' },
  { kind: 'command', name: 'disk-move', arguments: 'Disk' },
  { kind: 'command', name: 'disk-zap', arguments: 'Disk' },
];

describe('describeDifferences', () => {
  it('tells what came, what went, what is different, and what breaks clients', () => {
    const before: Definition[] = [
      { kind: 'enum', name: 'Mode', values: [{ name: 'slow' }] },
      { kind: 'command', name: 'go', arguments: [{ name: 'mode', type: 'Mode' }], returns: 'str' },
      { kind: 'command', name: 'leave' },
      { kind: 'event', name: 'TICK', data: [{ name: 'count', type: 'int', optional: true }] },
    ];
    const after: Definition[] = [
      { kind: 'enum', name: 'Mode', values: [{ name: 'slow' }, { name: 'fast', condition: 'CONFIG_FAST' }] },
      {
        kind: 'command',
        name: 'go',
        features: [{ name: 'deprecated' }],
        arguments: [
          { name: 'mode', type: 'Mode' },
          { name: 'far', type: 'bool', optional: true },
        ],
        returns: 'int',
      },
      { kind: 'command', name: 'come' },
      { kind: 'event', name: 'TICK', data: [{ name: 'count', type: 'int' }] },
    ];
    expect(differencesBetween(before, after)).toBe(`QEMU 1.0 -> QEMU 2.0: 7 differences, 2 of them (!) may break clients

  ~ TICK.data.count  member became required
  + come  command
  ~ go  deprecated
  + go.arguments.far  optional bool
  + go.arguments.mode=fast  value  if CONFIG_FAST
! ~ go.returns  str -> int
! - leave  command`);
  });

  it('says where else a difference is', () => {
    const gone = differencesBetween(disk([{ name: 'id', type: 'str' }]), disk([]));
    expect(gone).toContain('! - disk-add.arguments.id  str  also in 2 others');
    const two = (members: Parameters<typeof disk>[0]): Definition[] => disk(members).slice(0, 3);
    expect(differencesBetween(two([{ name: 'id', type: 'str' }]), two([]))).toContain('id  str  also in disk-move');
  });

  it('says that there are none, or that none of them matters', () => {
    expect(differencesBetween([], [])).toBe('QEMU 1.0 -> QEMU 2.0: no differences');
    expect(differencesBetween([], [{ kind: 'event', name: 'TICK' }])).toBe(
      'QEMU 1.0 -> QEMU 2.0: 1 difference; clients go on working\n\n  + TICK  event',
    );
  });
});
