import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
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

function typeNames(...entries: readonly ReplyEntry[]): string[] {
  return [...readIntrospection(replyOf(...entries)).types.keys()];
}

describe('types are named', () => {
  it('after the members, branches and elements where they are used', () => {
    expect([...readIntrospection(someReply).types.keys()]).toEqual([
      'BlockIoErrorData',
      'BlockdevAddArguments',
      'BlockdevAddArgumentsDriver',
      'BlockdevAddArgumentsFile',
      'BlockdevAddArgumentsRaw',
      'BlockdevAddArgumentsRawFile',
      'QueryBlockReturns',
      'QueryBlockReturnsInserted',
      'XTraceArguments',
    ]);
  });

  it('after their shortest use', () => {
    const entries = [objectEntry('1', { deep: '2' }), objectEntry('2', { deeper: '3' }), enumEntry('3', 'x')];
    expect(typeNames(commandEntry('a', '1'), eventEntry('Z', '2'), ...entries)).toEqual([
      'AArguments',
      'ZData',
      'ZDataDeeper',
    ]);
  });

  it('with a number where two uses read the same', () => {
    const entries = [
      objectEntry('1', { 'b-c': '2', b_c: '3', bC: '4' }),
      enumEntry('2', 'x'),
      enumEntry('3', 'y'),
      enumEntry('4', 'z'),
    ];
    expect(typeNames(commandEntry('a', '1'), ...entries)).toEqual([
      'AArguments',
      'AArgumentsBC',
      'AArgumentsBC2',
      'AArgumentsBC3',
    ]);
  });

  it('by their own names where QEMU was built to say them', () => {
    const entries = [
      objectEntry('q_obj_go-arg', { how: 'GoMode', where: 'odd name', what: 'Alt' }),
      enumEntry('GoMode', 'x'),
      enumEntry('odd name', 'y'),
      alternateEntry('Alt', 'str', 'int'),
    ];
    expect(typeNames(commandEntry('go', 'q_obj_go-arg'), ...entries)).toEqual([
      'Alt',
      'GoArguments',
      'GoArgumentsWhere',
      'GoMode',
    ]);
  });

  it('unlike any command', () => {
    expect(typeNames(commandEntry('go', '1'), commandEntry('GoArguments'), objectEntry('1', { a: 'int' }))).toEqual([
      'GoArguments2',
    ]);
  });

  it('by alternatives after what these are', () => {
    const entries = [
      objectEntry('1', { a: '2' }),
      alternateEntry('2', '3', '4', '[5]'),
      objectEntry('3', { x: 'int' }),
      enumEntry('4', 'x'),
      arrayEntry('5'),
      enumEntry('5', 'z'),
    ];
    expect(typeNames(commandEntry('go', '1'), ...entries)).toEqual([
      'GoArguments',
      'GoArgumentsA',
      'GoArgumentsAArray',
      'GoArgumentsAEnum',
      'GoArgumentsAObject',
    ]);
  });

  it('in chains of any length, with names of some', () => {
    const links = Array.from({ length: 5_000 }, (_, index) =>
      objectEntry(String(index + 1), { next: index === 4_999 ? 'int' : String(index + 2) }),
    );
    const names = typeNames(commandEntry('go', '1'), ...links);
    expect(names).toHaveLength(5_000);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(140);
  });

  test.prop([fc.shuffledSubarray([...someReply], { minLength: someReply.length })])(
    'alike in whatever order the entries come',
    (shuffled) => {
      expect(readIntrospection(shuffled).definitions).toEqual(readIntrospection(someReply).definitions);
    },
  );

  it('by a tag whose values have no letters', () => {
    const entries = [
      objectEntry('1', { a: '2' }, branches('a', { '2_5': '3', '-': '4' })),
      enumEntry('2', '2_5', '-'),
      objectEntry('3', { x: 'int' }),
      objectEntry('4', { y: 'int' }),
    ];
    expect(typeNames(commandEntry('go', '1'), ...entries)).toEqual([
      'GoArguments',
      'GoArguments2',
      'GoArguments25',
      'GoArgumentsA',
    ]);
  });
});
