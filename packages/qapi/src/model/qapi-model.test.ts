import { describe, expect, it } from 'vitest';
import type { Definition } from './definition.ts';
import { QapiModel } from './qapi-model.ts';
import { SchemaError } from './schema-error.ts';

const driver: Definition = { kind: 'enum', name: 'Driver', values: [{ name: 'file' }, { name: 'null-co' }] };
const file: Definition = { kind: 'object', name: 'FileOptions', members: [{ name: 'filename', type: 'str' }] };
const options: Definition = {
  kind: 'object',
  name: 'Options',
  base: [
    { name: 'driver', type: 'Driver' },
    { name: 'node-name', type: 'str', optional: true },
  ],
  members: [],
  tag: 'driver',
  branches: [{ value: 'file', type: 'FileOptions' }],
};
const tree: Definition = {
  kind: 'object',
  name: 'Tree',
  members: [
    { name: 'size', type: 'size' },
    { name: 'children', type: ['Tree'], optional: true },
  ],
};

describe('QapiModel', () => {
  it('links commands and events with their types', () => {
    const model = new QapiModel([
      { kind: 'command', name: 'blockdev-add', arguments: 'Options', returns: ['Tree'] },
      { kind: 'event', name: 'GONE', data: [{ name: 'id', type: 'str' }] },
      driver,
      options,
      file,
      tree,
    ]);
    const command = model.command('blockdev-add');
    expect(command?.arguments).toBe(model.type('Options'));
    expect(command?.returns).toEqual({ kind: 'array', element: model.type('Tree') });
    expect([...(model.event('GONE')?.data?.members.keys() ?? [])]).toEqual(['id']);
    expect(command?.arguments?.tag?.type).toBe(model.type('Driver'));
    expect(model.command('quit')).toBeUndefined();
  });

  it('lets a type refer to itself', () => {
    const model = new QapiModel([tree]);
    const type = model.types.get('Tree');
    expect(type?.kind === 'object' && type.members.get('children')?.type).toEqual({ kind: 'array', element: type });
  });

  it('puts the members of the base first', () => {
    const derived: Definition = {
      kind: 'object',
      name: 'Derived',
      base: 'FileOptions',
      members: [{ name: 'size', type: 'size' }],
    };
    const type = new QapiModel([derived, file]).type('Derived');
    expect(type?.kind === 'object' && [...type.members.keys()]).toEqual(['filename', 'size']);
    expect(type?.kind === 'object' && type.base?.name).toBe('FileOptions');
  });

  it('knows arguments in all branches', () => {
    const model = new QapiModel([
      { kind: 'command', name: 'blockdev-add', arguments: 'Options' },
      driver,
      options,
      file,
    ]);
    const command = model.command('blockdev-add');
    expect(command?.argument('filename')).toMatchObject({ name: 'filename', isOptional: false });
    expect(command?.argument('node-name')).toMatchObject({ isOptional: true });
    expect(command?.argument('x-perf')).toBeUndefined();
  });

  it('links types in a chain of any length', () => {
    const chain = Array.from({ length: 5_000 }, (_, index): Definition => ({
      kind: 'object',
      name: `Link${index}`,
      members: index === 0 ? [] : [{ name: 'next', type: `Link${index - 1}` }],
    })).reverse();
    const model = new QapiModel(chain);
    const type = model.type('Link4999');
    expect(type?.kind === 'object' && type.members.get('next')?.type).toBe(model.type('Link4998'));
  });

  it.each<[string, Definition[]]>([
    ['"Driver" is defined twice', [driver, driver]],
    ['"str" is defined twice', [{ ...driver, name: 'str' }]],
    ['"Tree" uses the type "Tee", which is not defined', [{ ...tree, members: [{ name: 'a', type: ['Tee'] }] }]],
    [
      '"quit" uses the type "Driver", which is an enum; expected a struct or a union',
      [driver, { kind: 'command', name: 'quit', arguments: 'Driver' }],
    ],
    ['"Tree" is its own base', [{ ...tree, base: 'Tree' }]],
    [
      '"Options" contains itself, by its branches',
      [driver, { ...options, branches: [{ value: 'file', type: 'Options' }] }],
    ],
    ['"Options" has no member "drive" that could be its tag', [driver, file, { ...options, tag: 'drive' }]],
  ])('says that %s', (message, definitions) => {
    expect(() => new QapiModel(definitions)).toThrow(new SchemaError(message));
  });
});
