import { describe, expect, it } from 'vitest';
import { readIntrospection } from '../introspection/read-introspection.ts';
import { someReply } from '../introspection/schema-reply.test-kit.ts';
import type { Definition, MemberDefinition } from '../model/definition.ts';
import { QapiModel } from '../model/qapi-model.ts';
import { schemaDiff } from './schema-diff.ts';

/** The differences as lines: path, kind, what was and what is, and a mark before what breaks clients. */
function diff(before: readonly Definition[], after: readonly Definition[]): string[] {
  return schemaDiff(new QapiModel(before), new QapiModel(after)).map((each) => {
    const change = [each.before, each.after].map((side) => (side === undefined ? '' : ` ${side}`)).join(' ->');
    return `${each.isCompatible ? '' : '! '}${each.path}: ${each.kind}${change === ' ->' ? '' : change}`;
  });
}

/** What is different for a type in both directions: as an argument, and as a result. */
function diffOfType(before: MemberDefinition['type'], after: MemberDefinition['type']): string[] {
  return diffOfMembers([{ name: 'a', type: before }], [{ name: 'a', type: after }]);
}

function diffOfMembers(before: readonly MemberDefinition[], after: readonly MemberDefinition[]): string[] {
  return diff([...types, ...goWith(before)], [...types, ...goWith(after)]);
}

function goWith(members: readonly MemberDefinition[]): Definition[] {
  return [
    { kind: 'command', name: 'go', arguments: members, returns: 'Result' },
    { kind: 'object', name: 'Result', members },
  ];
}

const types: readonly Definition[] = [
  { kind: 'enum', name: 'Mode', values: [{ name: 'fast' }, { name: 'slow' }] },
  { kind: 'object', name: 'Item', members: [{ name: 'id', type: 'str' }] },
  { kind: 'alternate', name: 'ItemOrStr', alternatives: [{ type: 'Item' }, { type: 'str' }] },
  // Makes it a schema that knows widths.
  { kind: 'object', name: 'Wide', members: [{ name: 'width', type: 'uint8' }] },
];

describe('schemaDiff', () => {
  it('finds nothing between a schema and itself, in circles too', () => {
    expect(schemaDiff(readIntrospection(someReply), readIntrospection(someReply))).toEqual([]);
  });

  it('tells of commands and events', () => {
    const before: Definition[] = [
      { kind: 'command', name: 'stop' },
      { kind: 'event', name: 'STOP' },
    ];
    const after: Definition[] = [
      { kind: 'command', name: 'cont', condition: 'CONFIG_X' },
      { kind: 'event', name: 'RESUME' },
    ];
    expect(diff(before, after)).toEqual([
      'RESUME: event added',
      '! STOP: event removed',
      'cont: command added',
      '! stop: command removed',
    ]);
    const [resume, , cont] = schemaDiff(new QapiModel(before), new QapiModel(after));
    expect(resume).toEqual({
      path: 'RESUME',
      kind: 'event added',
      before: undefined,
      after: undefined,
      isCompatible: true,
      condition: undefined,
      users: ['RESUME'],
    });
    expect(cont).toMatchObject({ condition: 'CONFIG_X' });
  });

  it('tells of members, and whom they break', () => {
    const a: MemberDefinition = { name: 'a', type: 'str' };
    const b: MemberDefinition = { name: 'b', type: ['int'], optional: true };
    expect(diffOfMembers([a], [])).toEqual([
      '! go.arguments.a: member removed str ->',
      '! go.returns.a: member removed str ->',
    ]);
    expect(diffOfMembers([], [a])).toEqual([
      '! go.arguments.a: member added -> str',
      'go.returns.a: member added -> str',
    ]);
    expect(diffOfMembers([], [b])).toEqual([
      'go.arguments.b: member added -> optional [int]',
      'go.returns.b: member added -> optional [int]',
    ]);
    expect(diffOfMembers([a], [{ ...a, optional: true }])).toEqual([
      'go.arguments.a: member became optional str -> optional str',
      '! go.returns.a: member became optional str -> optional str',
    ]);
    expect(diffOfMembers([{ ...a, optional: true }], [a])).toEqual([
      '! go.arguments.a: member became required optional str -> str',
      'go.returns.a: member became required optional str -> str',
    ]);
  });

  it('takes no arguments and an empty struct for the same', () => {
    const none: Definition[] = [
      { kind: 'command', name: 'go' },
      { kind: 'event', name: 'GONE' },
    ];
    const empty: Definition[] = [
      { kind: 'command', name: 'go', arguments: [], returns: 'Empty' },
      { kind: 'event', name: 'GONE', data: 'Empty' },
      { kind: 'object', name: 'Empty', members: [] },
    ];
    expect(diff(none, empty)).toEqual([]);
  });

  it.each<[MemberDefinition['type'], MemberDefinition['type'], 'arguments' | 'returns' | 'none']>([
    ['str', 'bool', 'none'],
    ['str', ['str'], 'none'],
    [['str'], ['bool'], 'none'],
    ['str', 'any', 'arguments'],
    ['any', 'Item', 'returns'],
    ['int8', 'int16', 'arguments'],
    ['int', 'uint64', 'arguments'],
    ['uint32', 'int', 'arguments'],
    ['uint32', 'int32', 'none'],
    ['int', 'number', 'arguments'],
    ['Mode', 'str', 'arguments'],
    ['str', 'Mode', 'returns'],
    ['Mode', 'Item', 'none'],
    ['str', 'ItemOrStr', 'arguments'],
    ['Item', 'ItemOrStr', 'arguments'],
    ['Mode', 'ItemOrStr', 'arguments'],
    ['bool', 'ItemOrStr', 'none'],
    ['ItemOrStr', 'Item', 'returns'],
  ])('tells of the type %j that becomes %j: compatible in %s', (before, after, compatible) => {
    const [ofArguments, ofReturns, ...others] = diffOfType(before, after);
    expect(others).toEqual([]);
    expect(ofArguments).toMatch(/^(! )?go\.arguments\.a(\[\])?: type changed /);
    expect(ofReturns).toMatch(/^(! )?go\.returns\.a(\[\])?: type changed /);
    const isCompatible = { arguments: !ofArguments?.startsWith('!'), returns: !ofReturns?.startsWith('!') };
    expect(isCompatible).toEqual({ arguments: compatible === 'arguments', returns: compatible === 'returns' });
  });

  it.each([
    ['int', 'int64'],
    ['size', 'uint64'],
  ])('takes %s and %s for the same', (before, after) => {
    expect(diffOfType(before, after)).toEqual([]);
  });

  it('takes all integers for the same where one side is a running QEMU', () => {
    const live: Definition[] = [{ kind: 'command', name: 'go', arguments: [{ name: 'a', type: 'int' }] }];
    const source: Definition[] = [{ kind: 'command', name: 'go', arguments: [{ name: 'a', type: 'uint8' }] }];
    expect(diff(source, live)).toEqual([]);
    expect(diff(live, source)).toEqual([]);
    const text: Definition[] = [{ kind: 'command', name: 'go', arguments: [{ name: 'a', type: 'str' }] }];
    expect(diff(source, text)).toHaveLength(1);
  });

  it('looks into what was wrapped in an alternate', () => {
    const before: Definition[] = [
      { kind: 'command', name: 'go', arguments: [{ name: 'a', type: 'Old' }] },
      { kind: 'object', name: 'Old', members: [{ name: 'id', type: 'str' }] },
    ];
    const after: Definition[] = [
      { kind: 'command', name: 'go', arguments: [{ name: 'a', type: 'NewOrStr' }] },
      { kind: 'alternate', name: 'NewOrStr', alternatives: [{ type: 'str' }, { type: 'New' }] },
      { kind: 'object', name: 'New', members: [] },
    ];
    const expected = ['go.arguments.a: type changed Old -> NewOrStr', '! go.arguments.a.id: member removed str ->'];
    expect(diff(before, after)).toEqual(expected);
    expect(diff(after, before)).toEqual(['! go.arguments.a: type changed NewOrStr -> Old']);
  });

  it('tells of values, which only a server minds', () => {
    const mode = (...values: string[]): Definition[] => [
      ...goWith([{ name: 'mode', type: ['Mode'] }]),
      { kind: 'enum', name: 'Mode', values: values.map((name) => ({ name })) },
    ];
    expect(diff(mode('fast', 'slow'), mode('slow', 'safe'))).toEqual([
      '! go.arguments.mode[]=fast: value removed fast ->',
      'go.arguments.mode[]=safe: value added -> safe',
      'go.returns.mode[]=fast: value removed fast ->',
      'go.returns.mode[]=safe: value added -> safe',
    ]);
  });

  it('tells of branches', () => {
    const union = (values: string[], branches: Record<string, string>): Definition[] => [
      ...types,
      { kind: 'command', name: 'go', arguments: 'Options', returns: 'Options' },
      { kind: 'enum', name: 'Kind', values: values.map((name) => ({ name })) },
      {
        kind: 'object',
        name: 'Options',
        members: [{ name: 'kind', type: 'Kind' }],
        tag: 'kind',
        branches: Object.entries(branches).map(([value, type]) => ({ value, type })),
      },
      { kind: 'object', name: 'Optional', members: [{ name: 'o', type: 'str', optional: true }] },
      { kind: 'object', name: 'Empty', members: [] },
    ];
    const before = union(['a', 'b'], { a: 'Item' });
    expect(diff(before, union(['a', 'b'], { a: 'Item', b: 'Empty' }))).toEqual([]);
    expect(diff(before, union(['a', 'b'], { a: 'Optional' }))).toEqual([
      '! go.arguments(kind=a).id: member removed str ->',
      'go.arguments(kind=a).o: member added -> optional str',
      '! go.returns(kind=a).id: member removed str ->',
      'go.returns(kind=a).o: member added -> optional str',
    ]);
    expect(diff(before, union(['a', 'b'], {}))).toEqual([
      '! go.arguments(kind=a): branch removed Item ->',
      '! go.returns(kind=a): branch removed Item ->',
    ]);
    expect(diff(before, union(['a', 'b'], { a: 'Item', b: 'Item' }))).toEqual([
      '! go.arguments(kind=b): branch added -> Item',
      'go.returns(kind=b): branch added -> Item',
    ]);
    expect(diff(before, union(['a', 'b'], { a: 'Item', b: 'Optional' }))[0]).toBe(
      'go.arguments(kind=b): branch added -> Optional',
    );
    expect(diff(before, union(['a', 'b', 'c'], { a: 'Item', c: 'Item' }))).toEqual([
      'go.arguments(kind=c): branch added -> Item',
      'go.arguments.kind=c: value added -> c',
      'go.returns(kind=c): branch added -> Item',
      'go.returns.kind=c: value added -> c',
    ]);
  });

  it('tells of alternatives', () => {
    const alternate = (...kinds: string[]): Definition[] => [
      ...types,
      ...goWith([{ name: 'a', type: 'Choice' }]),
      { kind: 'alternate', name: 'Choice', alternatives: kinds.map((type) => ({ type })) },
    ];
    expect(diff(alternate('str', 'int'), alternate('Mode', 'Item'))).toEqual([
      '! go.arguments.a: type changed str -> Mode',
      'go.arguments.a: alternative added -> Item',
      '! go.arguments.a: alternative removed int ->',
      'go.returns.a: type changed str -> Mode',
      '! go.returns.a: alternative added -> Item',
      'go.returns.a: alternative removed int ->',
    ]);
  });

  it('tells of marks, wherever they are', () => {
    const marked = (...names: string[]): Definition[] => {
      const features = names.map((name) => ({ name }));
      return [
        { kind: 'command', name: 'go', features, arguments: [{ name: 'a', type: 'Mode', features }] },
        { kind: 'enum', name: 'Mode', values: [{ name: 'fast', features }] },
      ];
    };
    expect(diff(marked('unstable', 'gone'), marked('deprecated', 'new'))).toEqual(
      ['go', 'go.arguments.a', 'go.arguments.a=fast'].flatMap((path) => [
        `${path}: deprecated -> deprecated`,
        `${path}: feature added -> new`,
        `${path}: no longer unstable unstable ->`,
        `! ${path}: feature removed gone ->`,
      ]),
    );
    expect(diff(marked('deprecated'), marked('unstable'))).toContain('go: no longer deprecated deprecated ->');
    expect(diff(marked('deprecated'), marked('unstable'))).toContain('go: unstable -> unstable');
  });

  it('tells of out-of-band execution', () => {
    const before: Definition[] = [{ kind: 'command', name: 'go' }];
    const after: Definition[] = [{ kind: 'command', name: 'go', allowOob: true }];
    expect(diff(before, after)).toEqual(['go: out-of-band allowed']);
    expect(diff(after, before)).toEqual(['! go: out-of-band refused']);
  });

  it('tells of what many use once in each direction, at the shortest use, and whom it is about', () => {
    const schema = (...members: MemberDefinition[]): QapiModel =>
      new QapiModel([
        { kind: 'command', name: 'b-add', arguments: [{ name: 'tree', type: 'Tree' }] },
        { kind: 'command', name: 'a-add', arguments: [{ name: 'deep', type: 'Deep' }] },
        { kind: 'command', name: 'query', returns: ['Tree'] },
        { kind: 'event', name: 'GROWN', data: 'Deep' },
        { kind: 'object', name: 'Deep', members: [{ name: 'tree', type: 'Tree' }] },
        { kind: 'object', name: 'Tree', members: [{ name: 'children', type: ['Tree'], optional: true }, ...members] },
      ]);
    const found = schemaDiff(schema(), schema({ name: 'leaf', type: 'bool' }));
    expect(found.map(({ path, isCompatible, users }) => ({ path, isCompatible, users }))).toEqual([
      { path: 'b-add.arguments.tree.leaf', isCompatible: false, users: ['a-add', 'b-add'] },
      { path: 'query.returns[].leaf', isCompatible: true, users: ['GROWN', 'query'] },
    ]);
  });
});
