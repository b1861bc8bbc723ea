import { describe, expect, it } from 'vitest';
import { QapiModel } from '../model/qapi-model.ts';
import { model } from './schema.test-kit.ts';
import { validate } from './validate.ts';

function messages(command: string, args?: unknown): string[] {
  return validate(model, command, args).map(({ message }) => message);
}

describe('validate finds nothing wrong with', () => {
  it.each<[string, unknown]>([
    ['stop', undefined],
    ['stop', {}],
    ['block_resize', { size: 5, device: undefined }],
    ['block_resize', { size: 2n ** 63n - 1n }],
    ['blockdev-add', { driver: 'file', filename: '/disk', locking: true, 'node-name': 'disk', tags: [0, 255] }],
    ['blockdev-add', { driver: 'null-co' }],
    ['blockdev-add', { driver: 'raw', file: { driver: 'raw', file: { driver: 'file', filename: 'x' } } }],
    ['blockdev-add', { driver: 'qcow2', file: 'other', backing: null }],
    ['device_add', { driver: 'virtio-net-pci', mac: '52:54:00:12:34:56', bootindex: 1 }],
    ['migrate', { addr: { transport: 'socket', type: 'inet', host: 'a', port: '1' } }],
    ['migrate', { addr: { transport: 'exec' } }],
  ])('%s %o', (command, args) => {
    expect(validate(model, command, args)).toEqual([]);
  });
});

describe('validate says', () => {
  it.each<[string, unknown, string[]]>([
    ['block_resize', undefined, ['size is missing; expected an integer of 64 bits']],
    ['block_resize', { size: null }, ['size: expected an integer of 64 bits, found null']],
    [
      'block_resize',
      { sise: 1 },
      ['size is missing; expected an integer of 64 bits', 'sise is unexpected; did you mean "size"?'],
    ],
    ['block_resize', { size: 1, force: true }, ['force is unexpected; expected device']],
    ['block_resize', { size: 1, device: 'd', force: true }, ['force is unexpected; expected no other member']],
    ['block_resize', [], ['expected an object, found an array']],
    ['block_resize', null, ['expected an object, found null']],
    ['block_resize', 'size=1', ['expected an object, found a string']],
    ['stop', { now: true }, ['now is unexpected; expected no other member']],
    ['device_add', { id: 'nic' }, ['driver is missing; expected a string']],
    ['stopp', {}, ['"stopp" is unknown; did you mean "stop"?']],
    ['x-frobnicate', {}, ['"x-frobnicate" is unknown; expected the name of a command']],
    ['blockdev-add', {}, ['driver is missing; expected "file", "qcow2", "raw" or "null-co"']],
    [
      'blockdev-add',
      { driver: 'nul-co', filename: 'x' },
      ['driver: expected "file", "qcow2", "raw" or "null-co", found "nul-co"; did you mean "null-co"?'],
    ],
    [
      'blockdev-add',
      { driver: 'raw', file: { driver: 'file', filename: 5 }, tags: [1, 256, '1'] },
      [
        'tags[1]: expected an integer from 0 to 255, found 256',
        'tags[2]: expected an integer from 0 to 255, found a string',
        'file.filename: expected a string, found a number',
      ],
    ],
    [
      'blockdev-add',
      { driver: 'raw', file: 'x', 'lazy-refcounts': true },
      ['lazy-refcounts is unexpected; expected it with driver "qcow2"'],
    ],
    [
      'blockdev-add',
      { driver: 'file', filename: 'x', file: 'y' },
      ['file is unexpected; expected it with driver "raw" or "qcow2"'],
    ],
    ['blockdev-add', { driver: 'raw', file: null }, ['file: expected an object or a string, found null']],
    ['blockdev-add', { driver: 'raw', file: 1 }, ['file: expected an object or a string, found a number']],
    [
      'blockdev-add',
      { driver: 'qcow2', file: 'x', backing: [] },
      ['backing: expected an object, a string or null, found an array'],
    ],
    [
      'migrate',
      { addr: { transport: 'socket', type: 'inet', host: 'a', prot: '1' } },
      ['addr.port is missing; expected a string', 'addr.prot is unexpected; did you mean "port"?'],
    ],
    ['migrate', { addr: { transport: 'socket', host: 'a' } }, ['addr.type is missing; expected "inet" or "fd"']],
    [
      'migrate',
      { addr: { transport: 'exec', type: 'inet' } },
      ['addr.type is unexpected; expected it with transport "socket"'],
    ],
  ])('of %s %o: %o', (command, args, expected) => {
    expect(messages(command, args)).toEqual(expected);
  });

  it('each thing for programs, too', () => {
    expect(validate(model, 'blockdev-add', { driver: 'nul-co' })).toEqual([
      {
        path: 'driver',
        kind: 'value',
        expected: '"file", "qcow2", "raw" or "null-co"',
        found: '"nul-co"',
        didYouMean: 'null-co',
        message: 'driver: expected "file", "qcow2", "raw" or "null-co", found "nul-co"; did you mean "null-co"?',
      },
    ]);
  });

  it('nothing of what may be a secret', () => {
    const all = JSON.stringify([
      validate(model, 'block_resize', { size: 'hunter2', password: 'hunter2' }),
      validate(model, 'blockdev-add', { driver: 'raw', file: ['hunter2'] }),
    ]);
    expect(all).not.toContain('hunter2');
  });

  it('no more than a hundred things', () => {
    const tags = Array.from({ length: 1_000 }, () => 'x');
    expect(validate(model, 'blockdev-add', { driver: 'null-co', tags })).toHaveLength(100);
  });

  it('where a cycle goes too deep, with a path of some steps', () => {
    const circle: Record<string, unknown> = { driver: 'raw' };
    circle['file'] = circle;
    expect(messages('blockdev-add', circle)).toEqual([
      'file.file.file.file.file.file.file.file.file.file.file.file…: expected at most 1024 levels, found more, or a cycle',
    ]);
  });

  it('that members of the prototype are none', () => {
    const names = new QapiModel([{ kind: 'command', name: 'go', arguments: [{ name: 'toString', type: 'any' }] }]);
    expect(validate(names, 'go', {}).map(({ message }) => message)).toEqual(['toString is missing; expected a value']);
    expect(messages('stop', JSON.parse('{"__proto__": 1}'))).toEqual([
      '__proto__ is unexpected; expected no other member',
    ]);
  });
});
