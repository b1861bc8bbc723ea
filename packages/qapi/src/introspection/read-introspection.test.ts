import { describe, expect, it } from 'vitest';
import type { Definition } from '../model/definition.ts';
import { SchemaError } from '../model/schema-error.ts';
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
  someReply,
} from './schema-reply.test-kit.ts';

function definitionNamed(name: string, ...entries: readonly ReplyEntry[]): Definition | undefined {
  return readIntrospection(replyOf(...entries)).definitions.find((definition) => definition.name === name);
}

describe('readIntrospection', () => {
  it('reads commands with what they take and return', () => {
    const model = readIntrospection(someReply);
    expect([...model.commands.keys()]).toEqual(['blockdev-add', 'query-block', 'query-name', 'x-trace']);
    expect(model.command('blockdev-add')?.argument('filename')).toMatchObject({
      type: { kind: 'builtin', name: 'str' },
      isOptional: false,
    });
    expect(model.command('blockdev-add')?.argument('node-name')?.isOptional).toBe(true);
    expect(model.command('blockdev-add')?.returns).toBeUndefined();
    expect(model.command('query-block')?.arguments).toBeUndefined();
    expect(model.command('query-block')?.definition.allowOob).toBe(true);
    expect(model.command('query-name')?.returns).toEqual({ kind: 'builtin', name: 'str' });
    expect(model.command('x-trace')?.isUnstable).toBe(true);
  });

  it('reads events with their data', () => {
    const model = readIntrospection(someReply);
    expect([...(model.event('BLOCK_IO_ERROR')?.data?.members.keys() ?? [])]).toEqual(['device', 'nospace', 'reason']);
    expect(model.event('STOP')?.data).toBeUndefined();
  });

  it('reads branches, but for those that add nothing', () => {
    const type = readIntrospection(someReply).command('blockdev-add')?.arguments;
    expect(type?.tag?.name).toBe('driver');
    expect([...(type?.branches.keys() ?? [])]).toEqual(['file', 'raw']);
  });

  it('keeps a union of which no branch adds anything', () => {
    const entries = [objectEntry('1', { type: '2' }, branches('type', { a: '0' })), enumEntry('2', 'a')];
    expect(definitionNamed('XArguments', commandEntry('x', '1'), ...entries)).toEqual({
      kind: 'object',
      name: 'XArguments',
      members: [{ name: 'type', type: 'XArgumentsType' }],
      tag: 'type',
      branches: [],
    });
  });

  it('reads types that refer to themselves', () => {
    const model = readIntrospection(someReply);
    const image = model.type('QueryBlockReturnsInserted');
    expect(image?.kind === 'object' && image.members.get('backing')?.type).toBe(image);
    const reference = model.type('BlockdevAddArgumentsRawFile');
    expect(reference?.kind === 'alternate' && reference.alternatives[0]?.type).toBe(
      model.command('blockdev-add')?.arguments,
    );
  });

  it('reads marks wherever they are', () => {
    const features = ['deprecated', 'x'];
    const expected = [{ name: 'deprecated' }, { name: 'x' }];
    expect(definitionNamed('go', commandEntry('go', '0', '0', { features }))).toMatchObject({ features: expected });
    expect(definitionNamed('GO', { ...eventEntry('GO'), features })).toMatchObject({ features: expected });
    const members = [{ name: 'a', type: 'int', features }];
    const object = { ...objectEntry('1', {}), members, features };
    expect(definitionNamed('GoArguments', commandEntry('go', '1'), object)).toMatchObject({
      features: expected,
      members: [{ name: 'a', features: expected }],
    });
    const values = { ...enumEntry('1', 'a'), features, members: [{ name: 'a', features }, { name: 'b' }] };
    expect(definitionNamed('GoReturns', commandEntry('go', '0', '1'), values)).toMatchObject({
      features: expected,
      values: [{ name: 'a', features: expected }, { name: 'b' }],
    });
  });

  it('reads enums as QEMU before 6.2 describes them', () => {
    const values = { name: '1', 'meta-type': 'enum', values: ['a', 'b'] };
    expect(definitionNamed('GoReturns', commandEntry('go', '0', '1'), values)).toEqual({
      kind: 'enum',
      name: 'GoReturns',
      values: [{ name: 'a' }, { name: 'b' }],
    });
  });

  it('knows which commands take more than QEMU says', () => {
    const command = commandEntry('device_add', '1');
    expect(definitionNamed('device_add', command, objectEntry('1', { driver: 'str' }))).toHaveProperty('open', true);
    const old = objectEntry('1', { 'qom-type': 'str', props: '*any' });
    expect(definitionNamed('object-add', commandEntry('object-add', '1'), old)).toHaveProperty('open', true);
    const today = [
      objectEntry('1', { 'qom-type': '2' }, branches('qom-type', { a: '3' })),
      enumEntry('2', 'a'),
      objectEntry('3', { b: 'int' }),
    ];
    expect(definitionNamed('object-add', commandEntry('object-add', '1'), ...today)).not.toHaveProperty('open');
  });

  it('leaves out what nobody uses', () => {
    const model = readIntrospection(replyOf(objectEntry('1', { a: '2' }), enumEntry('2', 'a')));
    expect(model.definitions).toEqual([]);
  });

  it('takes builtin types for what they are in JSON, and passes over what it does not know', () => {
    const type = { name: 'int128', 'meta-type': 'builtin', 'json-type': 'int', 'new-member': 1 };
    expect(definitionNamed('go', commandEntry('go', '0', 'int128'), type)).toHaveProperty('returns', 'int');
  });
});

describe('a reply that is none', () => {
  it.each<[string, unknown]>([
    ['Expected what query-qmp-schema returns, an array', {}],
    ['Expected what query-qmp-schema returns, an array', undefined],
    [
      'Expected what query-qmp-schema returns, an array, which is what stands in its member "return"',
      { return: someReply },
    ],
    ['entry 0 is null; expected an object', [null]],
    ['entry 1 is an array; expected an object', [objectEntry('0', {}), []]],
    ['entry 0: name is missing; expected a string', [{}]],
    ['entry 0: name is 5; expected a string', [{ name: 5 }]],
    ['entry 0 "a": meta-type is missing; expected a string', [{ name: 'a' }]],
    [
      'entry 0 "a": meta-type is "union"; expected builtin, enum, array, object, alternate, command or event',
      [{ name: 'a', 'meta-type': 'union' }],
    ],
    ['entry 1 "a": an entry before it has the same name', [enumEntry('a', 'x'), enumEntry('a', 'y')]],
    [
      'entry 0 "a": json-type is "constructor"; expected one of string, number, int, boolean, null, object, array, value',
      [{ name: 'a', 'meta-type': 'builtin', 'json-type': 'constructor' }],
    ],
    ['entry 0 "a": values is missing; expected an array', [{ name: 'a', 'meta-type': 'enum' }]],
    ['entry 0 "a": values[1] is 2; expected a string', [{ name: 'a', 'meta-type': 'enum', values: ['x', 2] }]],
    ['entry 0 "a", members[0] is "x"; expected an object', [{ name: 'a', 'meta-type': 'enum', members: ['x'] }]],
    ['entry 0 "a": members is an object; expected an array', [{ name: 'a', 'meta-type': 'object', members: {} }]],
    ['entry 0 "a": "x" is in it twice', [enumEntry('a', 'x', 'x')]],
    ['entry 0 "a": "x" is in it twice', [{ ...enumEntry('a'), features: ['x', 'x'] }]],
    [
      'entry 0 "a", members[0]: type is missing; expected a string',
      [{ name: 'a', 'meta-type': 'object', members: [{ name: 'x' }] }],
    ],
    ['entry 0 "a": allow-oob is "yes"; expected a boolean', [commandEntry('a', '0', '0', { 'allow-oob': 'yes' })]],
    ['command "a": its arguments: there is no type "1"', replyOf(commandEntry('a', '1'))],
    ['command "a": its arguments: the type "str" is a builtin; expected an object', replyOf(commandEntry('a', 'str'))],
    ['command "a": what it returns: "a" is a command; expected a type', replyOf(commandEntry('a', '0', 'a'))],
    ['event "a": its data: the type "1" is an enum; expected an object', replyOf(eventEntry('a', '1'), enumEntry('1'))],
    [
      'array "[[1]]": its elements are arrays, which QAPI does not have',
      replyOf(arrayEntry('[1]'), arrayEntry('1'), enumEntry('1')),
    ],
    [
      'array "[1]": its elements are arrays, which QAPI does not have',
      replyOf({ ...arrayEntry('1'), 'element-type': '[1]' }),
    ],
    ['object "1": the member "a": there is no type "constructor"', replyOf(objectEntry('1', { a: 'constructor' }))],
    [
      'object "1": the branch "x": the type "int" is a builtin; expected an object',
      replyOf(objectEntry('1', { a: '2' }, branches('a', { x: 'int' })), enumEntry('2', 'x')),
    ],
    ['object "1": it has branches but no tag', replyOf(objectEntry('1', {}, { variants: [{ case: 'x', type: '0' }] }))],
    ['object "1": its tag "b" is none of its members', replyOf(objectEntry('1', { a: 'str' }, branches('b', {})))],
    [
      'object "1": its tag "a" is of a type that is a builtin; expected an enum',
      replyOf(objectEntry('1', { a: 'str' }, branches('a', {}))),
    ],
    [
      'alternate "1": two of its types are number in JSON: they cannot be told apart',
      replyOf(alternateEntry('1', 'int', 'number')),
    ],
    ['alternate "1": "1" is one of its types, but is no single JSON type', replyOf(alternateEntry('1', '1'))],
    [
      '"XArguments" contains itself, by its branches',
      replyOf(commandEntry('x', '1'), objectEntry('1', { a: '2' }, branches('a', { x: '1' })), enumEntry('2', 'x')),
    ],
  ])('is refused: %s', (message, reply) => {
    expect(() => readIntrospection(reply)).toThrow(new SchemaError(message));
  });
});
