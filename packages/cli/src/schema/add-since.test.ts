import { QapiModel } from '@qmp/qapi';
import { describe, expect, it } from 'vitest';

import { addSince } from './add-since.ts';

const known = new QapiModel([
  { kind: 'enum', name: 'Mode', since: '1.0', values: [{ name: 'slow' }, { name: 'fast', since: '1.1' }] },
  { kind: 'object', name: 'Base', members: [{ name: 'id', type: 'str', since: '1.2' }] },
  { kind: 'object', name: 'Options', since: '1.3', base: 'Base', members: [{ name: 'size', type: 'size' }] },
  { kind: 'command', name: 'go', since: '1.4', arguments: [{ name: 'mode', type: 'Mode', since: '1.5' }] },
  { kind: 'command', name: 'add', arguments: 'Options' },
  { kind: 'event', name: 'GONE', since: '1.6', data: [{ name: 'id', type: 'str', since: '1.7' }] },
]);

describe('addSince', () => {
  it('dates definitions, values and members, those of bases too', () => {
    const live = new QapiModel([
      { kind: 'command', name: 'go', arguments: [{ name: 'mode', type: 'Mode' }] },
      { kind: 'command', name: 'add', arguments: 'Options' },
      { kind: 'event', name: 'GONE', data: [{ name: 'id', type: 'str' }] },
      { kind: 'enum', name: 'Mode', values: [{ name: 'slow' }, { name: 'fast' }] },
      {
        kind: 'object',
        name: 'Options',
        members: [
          { name: 'id', type: 'str' },
          { name: 'size', type: 'int' },
        ],
      },
    ]);
    expect(addSince(live, known).definitions).toEqual([
      { kind: 'command', name: 'go', since: '1.4', arguments: [{ name: 'mode', type: 'Mode', since: '1.5' }] },
      { kind: 'command', name: 'add', arguments: 'Options' },
      { kind: 'event', name: 'GONE', since: '1.6', data: [{ name: 'id', type: 'str', since: '1.7' }] },
      { kind: 'enum', name: 'Mode', since: '1.0', values: [{ name: 'slow' }, { name: 'fast', since: '1.1' }] },
      {
        kind: 'object',
        name: 'Options',
        since: '1.3',
        members: [
          { name: 'id', type: 'str', since: '1.2' },
          { name: 'size', type: 'int' },
        ],
      },
    ]);
  });

  it('leaves alone what the other schema does not have, or has as something else', () => {
    const live = new QapiModel([
      { kind: 'command', name: 'leave', arguments: [{ name: 'mode', type: 'Options' }] },
      { kind: 'event', name: 'LEFT' },
      { kind: 'enum', name: 'Options', values: [{ name: 'id' }] },
      { kind: 'alternate', name: 'Choice', alternatives: [{ type: 'str' }] },
    ]);
    expect(addSince(live, known).definitions).toEqual(live.definitions);
  });
});
