import { describe, expect, it } from 'vitest';
import type { Definition } from '../model/definition.ts';
import { QapiModel } from '../model/qapi-model.ts';
import { readIntrospection } from './read-introspection.ts';
import {
  alternateEntry,
  arrayEntry,
  branches,
  commandEntry,
  enumEntry,
  eventEntry,
  objectEntry,
  type ReplyEntry,
  replyOf,
} from './schema-reply.test-kit.ts';

/** What a schema defines that is like `someReply`'s, with names as in QEMU's source. */
const source: readonly Definition[] = [
  { kind: 'command', name: 'blockdev-add', arguments: 'BlockdevOptions' },
  { kind: 'command', name: 'query-block', returns: ['BlockInfo'] },
  { kind: 'command', name: 'x-trace', arguments: [{ name: 'name', type: 'str' }] },
  { kind: 'event', name: 'IMAGE', data: [{ name: 'image', type: 'ImageInfo' }] },
  { kind: 'enum', name: 'BlockdevDriver', values: [{ name: 'file' }, { name: 'raw' }, { name: 'dmg' }] },
  {
    kind: 'object',
    name: 'BlockdevOptions',
    base: [{ name: 'driver', type: 'BlockdevDriver' }],
    members: [],
    tag: 'driver',
    branches: [
      { value: 'file', type: 'FileOptions' },
      { value: 'raw', type: 'RawOptions' },
    ],
  },
  { kind: 'object', name: 'FileOptions', members: [{ name: 'filename', type: 'str' }] },
  { kind: 'object', name: 'RawOptions', members: [{ name: 'file', type: 'BlockdevRef' }] },
  { kind: 'alternate', name: 'BlockdevRef', alternatives: [{ type: 'BlockdevOptions' }, { type: 'str' }] },
  { kind: 'object', name: 'BlockInfo', members: [{ name: 'inserted', type: 'ImageInfo' }] },
  {
    kind: 'object',
    name: 'ImageInfo',
    members: [
      { name: 'size', type: 'size' },
      { name: 'backing', type: 'ImageInfo', optional: true },
    ],
  },
];

const live: readonly ReplyEntry[] = [
  commandEntry('blockdev-add', '1'),
  commandEntry('query-block', '0', '[4]'),
  commandEntry('x-trace', '9'),
  eventEntry('IMAGE', '7'),
  objectEntry('1', { driver: '2' }, branches('driver', { file: '3', raw: '5' })),
  enumEntry('2', 'file', 'raw'),
  objectEntry('3', { filename: 'str' }),
  objectEntry('4', { inserted: '8' }),
  objectEntry('5', { file: '6' }),
  alternateEntry('6', '1', 'str'),
  objectEntry('7', { image: '8' }),
  objectEntry('8', { size: 'int', backing: '*8' }),
  objectEntry('9', { name: 'str' }),
  arrayEntry('4'),
];

function readWith(names: readonly Definition[], entries: readonly ReplyEntry[]): QapiModel {
  return readIntrospection(replyOf(...entries), { names: new QapiModel(names) });
}

function namesOf(model: QapiModel): string[] {
  return [...model.types.keys()];
}

/** The entries without those of these names, and others in their place. */
function instead(of: readonly string[], ...others: readonly ReplyEntry[]): ReplyEntry[] {
  return [...live.filter(({ name }) => !of.includes(String(name))), ...others];
}

describe('names that QEMU masks', () => {
  it('are those of the same use in the source, in circles too', () => {
    const model = readWith(source, live);
    expect(namesOf(model)).toEqual([
      'BlockInfo',
      'BlockdevDriver',
      'BlockdevOptions',
      'BlockdevRef',
      'FileOptions',
      'ImageInfo',
      'RawOptions',
    ]);
    expect(model.command('blockdev-add')?.definition.arguments).toBe('BlockdevOptions');
    expect(model.command('query-block')?.definition.returns).toEqual(['BlockInfo']);
  });

  it('are none where the source has none', () => {
    const model = readWith(source, live);
    expect(model.command('x-trace')?.definition.arguments).toEqual([{ name: 'name', type: 'str' }]);
    expect(model.event('IMAGE')?.definition.data).toEqual([{ name: 'image', type: 'ImageInfo' }]);
  });

  it('are after their use where something else uses them, too', () => {
    const model = readWith(source, [...live, commandEntry('x-new', '9')]);
    expect(model.command('x-trace')?.definition.arguments).toBe('XNewArguments');
  });

  it('are found though members and values come and go', () => {
    const grown = instead(
      ['2', '8'],
      enumEntry('2', 'file', 'raw', 'new'),
      objectEntry('8', { size: 'int', new: '*2' }),
    );
    expect(namesOf(readWith(source, grown))).toContain('ImageInfo');
    expect(namesOf(readWith(source, grown))).toContain('BlockdevDriver');
  });

  it('are after their use where a type has nothing in common with what was there', () => {
    const other = instead(['8'], objectEntry('8', { nothing: 'int', alike: 'int' }));
    expect(namesOf(readWith(source, other))).not.toContain('ImageInfo');
    expect(namesOf(readWith(source, other))).toContain('ImageDataImage');
  });

  it('go to the type that looks most like it where uses disagree', () => {
    const split = instead(
      ['7'],
      objectEntry('7', { image: '10' }),
      objectEntry('10', { size: 'int', 'other-size': 'int', third: 'int' }),
    );
    const model = readWith(source, split);
    expect(namesOf(model)).toContain('ImageInfo');
    const image = model.event('IMAGE')?.data?.members.get('image')?.type;
    expect(image?.kind === 'object' && image.name).toBe('ImageDataImage');
  });

  it('are found by structure where no use tells, in circles too', () => {
    const renamed = [
      ...source.filter(({ name }) => name !== 'query-block' && name !== 'IMAGE'),
      { kind: 'command', name: 'query-old', returns: 'BlockInfo' },
    ] satisfies Definition[];
    const model = readWith(renamed, live);
    const block = model.command('query-block')?.returns;
    const image = block?.kind === 'array' && block.element.kind === 'object' && block.element.members.get('inserted');
    expect(image).toMatchObject({ type: { kind: 'object', name: 'ImageInfo' } });
  });

  it('are not found by a structure that is another further down', () => {
    const tree = (size: string): Definition[] => [
      { kind: 'command', name: 'old', returns: 'Tree' },
      {
        kind: 'object',
        name: 'Tree',
        members: [
          { name: 'leaves', type: ['Leaf'] },
          { name: 'children', type: ['Tree'] },
        ],
      },
      {
        kind: 'object',
        name: 'Leaf',
        members: [
          { name: 'size', type: size },
          { name: 'of', type: 'Tree' },
        ],
      },
    ];
    const entries = [
      commandEntry('new', '0', '1'),
      objectEntry('1', { leaves: '[2]', children: '[1]' }),
      objectEntry('2', { size: 'int', of: '1' }),
      arrayEntry('1'),
      arrayEntry('2'),
    ];
    expect(namesOf(readWith(tree('uint8'), entries))).toEqual(['Leaf', 'Tree']);
    expect(namesOf(readWith(tree('str'), entries))).toEqual(['NewReturns', 'NewReturnsLeaves']);
  });

  it('are never taken twice', () => {
    const twins = instead(['7'], objectEntry('7', { image: '10' }), objectEntry('10', { size: 'int', backing: '*10' }));
    const names = namesOf(readWith(source, twins));
    expect(names.filter((name) => name === 'ImageInfo' || name === 'BlockInfoInserted')).toHaveLength(2);
  });
});
