import { describe, expect, it } from 'vitest';
import type { Definition } from '../model/definition.ts';
import { parseSchema, type SchemaOptions } from './parse-schema.ts';
import type { SchemaFiles } from './schema-files.ts';

function definitionsOf(text: string, options?: SchemaOptions): readonly Definition[] {
  return parseSchema({ 'schema.json': text }, 'schema.json', options).definitions;
}

describe('parseSchema', () => {
  it('reads enums', () => {
    const text = `
      { 'enum': 'Drink', 'prefix': 'DRINK', 'if': 'CONFIG_BAR',
        'data': [ 'tea', '7up', { 'name': 'rum', 'if': { 'not': 'DRY' }, 'features': [ 'deprecated' ] } ] }`;
    expect(definitionsOf(text)).toEqual([
      {
        kind: 'enum',
        name: 'Drink',
        module: 'schema',
        condition: 'CONFIG_BAR',
        values: [
          { name: 'tea' },
          { name: '7up' },
          { name: 'rum', condition: { not: 'DRY' }, features: [{ name: 'deprecated' }] },
        ],
      },
    ]);
  });

  it('reads structs', () => {
    const text = `
      { 'struct': 'Cup', 'data': { 'size': 'size', '*labels': [ 'str' ] } }
      { 'struct': 'Mug', 'base': 'Cup', 'features': [ { 'name': 'large', 'if': 'BIG' }, 'blue' ],
        'data': { 'handle': { 'type': 'bool', 'if': { 'any': [ 'A', { 'all': [ 'B', 'C' ] } ] } } } }`;
    expect(definitionsOf(text)).toEqual([
      {
        kind: 'object',
        name: 'Cup',
        module: 'schema',
        members: [
          { name: 'size', type: 'size' },
          { name: 'labels', type: ['str'], optional: true },
        ],
      },
      {
        kind: 'object',
        name: 'Mug',
        module: 'schema',
        base: 'Cup',
        features: [{ name: 'large', condition: 'BIG' }, { name: 'blue' }],
        members: [{ name: 'handle', type: 'bool', condition: { any: ['A', { all: ['B', 'C'] }] } }],
      },
    ]);
  });

  it('reads unions, with bases that are named and bases that are written down', () => {
    const text = `
      { 'enum': 'Kind', 'data': [ 'a', 'b' ] }
      { 'struct': 'Base', 'data': { 'kind': 'Kind' } }
      { 'struct': 'Empty', 'data': {} }
      { 'union': 'One', 'base': 'Base', 'discriminator': 'kind', 'data': { 'a': 'Empty' } }
      { 'union': 'Two', 'base': { 'kind': 'Kind', '*next': 'Two' }, 'discriminator': 'kind',
        'data': { 'a': { 'type': 'Empty', 'if': 'X' }, 'b': 'Empty' } }`;
    expect(definitionsOf(text).slice(3)).toEqual([
      {
        kind: 'object',
        name: 'One',
        module: 'schema',
        base: 'Base',
        members: [],
        tag: 'kind',
        branches: [{ value: 'a', type: 'Empty' }],
      },
      {
        kind: 'object',
        name: 'Two',
        module: 'schema',
        base: [
          { name: 'kind', type: 'Kind' },
          { name: 'next', type: 'Two', optional: true },
        ],
        members: [],
        tag: 'kind',
        branches: [
          { value: 'a', type: 'Empty', condition: 'X' },
          { value: 'b', type: 'Empty' },
        ],
      },
    ]);
  });

  it('reads alternates', () => {
    const text = `{ 'alternate': 'Any', 'data': { 'n': 'null', 'many': [ 'str' ], 'b': { 'type': 'bool', 'if': 'B' } } }`;
    expect(definitionsOf(text)).toEqual([
      {
        kind: 'alternate',
        name: 'Any',
        module: 'schema',
        alternatives: [
          { name: 'n', type: 'null' },
          { name: 'many', type: ['str'] },
          { name: 'b', type: 'bool', condition: 'B' },
        ],
      },
    ]);
  });

  it('reads commands and events', () => {
    const text = `
      { 'struct': 'Data', 'data': {} }
      { 'command': 'quit' }
      { 'command': 'stop', 'data': {}, 'returns': 'Data' }
      { 'command': 'x-go', 'data': { 'to': 'str' }, 'returns': [ 'Data' ], 'allow-oob': true, 'allow-preconfig': true }
      { 'command': 'add', 'data': 'Data', 'boxed': true, 'gen': false, 'success-response': false, 'coroutine': true }
      { 'event': 'STOPPED' }
      { 'event': '__org.example_GONE', 'data': { 'id': 'uint8' } }
      { 'event': 'ADDED', 'data': 'Data' }`;
    expect(definitionsOf(text).slice(1)).toEqual([
      { kind: 'command', name: 'quit', module: 'schema' },
      { kind: 'command', name: 'stop', module: 'schema', returns: 'Data' },
      {
        kind: 'command',
        name: 'x-go',
        module: 'schema',
        arguments: [{ name: 'to', type: 'str' }],
        returns: ['Data'],
        allowOob: true,
        allowPreconfig: true,
      },
      { kind: 'command', name: 'add', module: 'schema', arguments: 'Data', open: true, silent: true },
      { kind: 'event', name: 'STOPPED', module: 'schema' },
      { kind: 'event', name: '__org.example_GONE', module: 'schema', data: [{ name: 'id', type: 'uint8' }] },
      { kind: 'event', name: 'ADDED', module: 'schema', data: 'Data' },
    ]);
  });

  it('has exceptions for what pragmas name, wherever they stand', () => {
    const text = `
      { 'enum': 'Old', 'data': [ 'Snake_Case' ] }
      { 'command': 'get_it', 'returns': 'str' }
      { 'pragma': { 'command-name-exceptions': [ 'get_it' ], 'command-returns-exceptions': [ 'get_it' ] } }
      { 'pragma': { 'member-name-exceptions': [ 'Old' ], 'documentation-exceptions': [] } }`;
    expect(definitionsOf(text).map(({ name }) => name)).toEqual(['Old', 'get_it']);
  });

  it('knows the type that QEMU defines by itself, where it is used', () => {
    const model = parseSchema({ a: `{ 'struct': 'Value', 'data': { 'type': 'QType' } }` }, 'a');
    expect(model.type('QType')).toMatchObject({ kind: 'enum', name: 'QType' });
    expect(parseSchema({ a: '' }, 'a').type('QType')).toBeUndefined();
  });

  it('takes line ends as they come', () => {
    expect(definitionsOf("##\r\n# @quit:\r\n#\r\n# Since: 0.14\r\n##\r\n{ 'command':\r\n'quit' } # the end")).toEqual([
      { kind: 'command', name: 'quit', module: 'schema', since: '0.14' },
    ]);
  });
});

describe('include', () => {
  const texts = {
    'qga/main.json': "{ 'include': '../qapi/a.json' } { 'include': './b.json' } { 'command': 'last' }",
    'qapi/a.json': "{ 'command': 'first' }",
    'qga/b.json': "{ 'include': '../qapi/a.json' } { 'command': 'second' }",
  };

  it.each<[string, SchemaFiles]>([
    ['an object', texts],
    ['a map', new Map(Object.entries(texts))],
    ['a function', (path: string) => Object.entries(texts).find(([name]) => name === path)?.[1]],
  ])('finds files in %s, each once', (_kind, files) => {
    const { definitions } = parseSchema(files, 'qga/main.json');
    expect(definitions.map(({ name, module }) => [name, module])).toEqual([
      ['first', 'a'],
      ['second', 'b'],
      ['last', 'main'],
    ]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['there is no file "main.json"', 'main.json', {}],
    ['there is no file "toString"', 'toString', {}],
    [
      'qapi/main.json:2: there is no file "common/b.json" to include',
      'qapi/main.json',
      { 'qapi/main.json': "\n{ 'include': '../common/b.json' }" },
    ],
    [
      'main.json:1: files include each other in a circle: main.json -> main.json',
      'main.json',
      { 'main.json': "{ 'include': './main.json' }" },
    ],
    [
      'b/b.json:1: files include each other in a circle: a.json -> b/b.json -> a.json',
      'main.json',
      {
        'main.json': "{ 'include': 'a.json' }",
        'a.json': "{ 'include': 'b/b.json' }",
        'b/b.json': "{ 'include': '../a.json' }",
      },
    ],
    [
      "main.json:1: 'include' is true: expected the path of a file",
      'main.json',
      { 'main.json': "{ 'include': true }" },
    ],
    [
      "main.json:1: 'include' must be the only key of its object",
      'main.json',
      { 'main.json': "{ 'include': 'a', 'x': 'y' }" },
    ],
  ])('says that %s', (message, entry, files) => {
    expect(() => parseSchema(files, entry)).toThrow(expect.objectContaining({ name: 'SchemaError', message }) as Error);
  });

  it('ends where files include each other without end', () => {
    const endless = (path: string): string => `{ 'include': '${path}x' }`;
    expect(() => parseSchema(endless, 'x')).toThrow('files include each other deeper than 100 levels');
  });
});

describe('SchemaError', () => {
  it('says where it is', () => {
    const place = { name: 'SchemaError', code: 'BAD_SCHEMA', file: 'x/y.json', line: 3 };
    expect(() => parseSchema({ 'x/y.json': '\n\n}' }, 'x/y.json')).toThrow(expect.objectContaining(place) as Error);
  });
});
