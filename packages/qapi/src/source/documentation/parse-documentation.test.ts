import { describe, expect, it } from 'vitest';
import type { Definition } from '../../model/definition.ts';
import { parseSchema, type SchemaOptions } from '../parse-schema.ts';

const text = `
##
# @resize:
#
# Changes the size
# of something.
#
# @id: what to change;
#     it may be
#       anything
#
# @size:
#     how large it gets (since 2.1)
#
# Features:
#
# @quick: It is fast (default; since: 9.0.0; on Linux).
#
# @deprecated: Use something else.
#
# Returns: the old size
#
# Errors:
#     - NotFound
#
# Since: 1.5.0
#
# .. note:: This belongs to it, too.
##
{ 'command': 'resize', 'returns': 'Size', 'features': [ 'quick' ],
  'data': { 'id': 'str', 'size': { 'type': 'int', 'features': [ 'deprecated' ] } } }

{ 'struct': 'Size', 'data': {} }
`;

function firstOf(schema: string, options?: SchemaOptions): Definition | undefined {
  return parseSchema({ a: schema }, 'a', options).definitions[0];
}

function sinceOf(description: string): string | undefined {
  const schema = `##\n# @Size:\n#\n# @bytes: ${description}\n##\n{ 'struct': 'Size', 'data': { 'bytes': 'int' } }`;
  const definition = firstOf(schema);
  return definition?.kind === 'object' ? definition.members[0]?.since : undefined;
}

describe('documentation', () => {
  it('says since when things are there', () => {
    expect(firstOf(text)).toEqual({
      kind: 'command',
      name: 'resize',
      module: 'a',
      since: '1.5',
      features: [{ name: 'quick', since: '9.0' }],
      arguments: [
        { name: 'id', type: 'str' },
        { name: 'size', type: 'int', since: '2.1', features: [{ name: 'deprecated' }] },
      ],
      returns: 'Size',
    });
  });

  it('is kept whole for those who ask for it', () => {
    expect(firstOf(text, { documentation: true })).toMatchObject({
      documentation: 'Changes the size\nof something.\n\n.. note:: This belongs to it, too.',
      features: [{ name: 'quick', documentation: 'It is fast (default; since: 9.0.0; on Linux).' }],
      arguments: [
        { name: 'id', documentation: 'what to change;\nit may be\n  anything' },
        {
          name: 'size',
          documentation: 'how large it gets (since 2.1)',
          features: [{ name: 'deprecated', documentation: 'Use something else.' }],
        },
      ],
      returnsDocumentation: 'the old size',
      errorsDocumentation: '- NotFound',
    });
  });

  it('is kept for values and alternatives, too', () => {
    const schema = `
      ##
      # @Drink:
      #
      # @tea: hot (since 3.0)
      ##
      { 'enum': 'Drink', 'data': [ 'tea' ] }
      ##
      # @Any:
      #
      # @n: nothing (since 4.0)
      ##
      { 'alternate': 'Any', 'data': { 'n': 'null' } }`;
    expect(parseSchema({ a: schema }, 'a', { documentation: true }).definitions).toMatchObject([
      { values: [{ name: 'tea', since: '3.0', documentation: 'hot (since 3.0)' }] },
      { alternatives: [{ name: 'n', since: '4.0', documentation: 'nothing (since 4.0)' }] },
    ]);
  });

  it.each([
    ['the size (since 5.2)', '5.2'],
    ['the size (Since: 5.2)', '5.2'],
    ['the size (since QEMU 5.2)', '5.2'],
    ['the size (default: 0, since 5.2)', '5.2'],
    ['the size (since 0.14.0)', '0.14'],
    ['the size (since 4.2.1)', '4.2.1'],
    ['Since 1.7', '1.7'],
    ['the size.  Since 1.3.', '1.3'],
    ['the size', undefined],
    ['the size; deprecated since 2.3', undefined],
    ['the size (deprecated since 2.3)', undefined],
    ['the size, a name since QEMU 2.7', undefined],
    ['the size since Linux 4.14', undefined],
    ['the size (since there is one)', undefined],
  ])('takes "%s" as since %s', (description, since) => {
    expect(sinceOf(description)).toBe(since);
  });

  it('is held to the rules of QEMU before 9.1 where it has sections from that time', () => {
    const members = "{ 'command': 'go', 'data': { 'a': { 'type': 'int', 'if': 'A' }, 'b': 'int' } }";
    const historic = `##\n# = Old\n#\n# == Older\n##\n##\n# @go:\n# Goes.\n# @a: one\n# two\n# @b : two\n# Returns: nothing\n# Note: It goes.\n#\n# So it does.\n##\n`;
    expect(firstOf(`${historic}${members}`, { documentation: true })).toMatchObject({
      documentation: 'Goes.',
      arguments: [{ name: 'a', documentation: 'one\ntwo\n@b : two' }, { name: 'b' }],
    });
    expect(() => firstOf(`${historic}${members}`, { rules: '10.0' })).toThrow('a:4: a heading below other lines');
    expect(() => firstOf(`${historic}${members}`, { rules: '7.2' })).toThrow('a:10: expected the text below "@a:"');
  });

  it('is held to the rules of a version that is named', () => {
    const wide = `##\n# @go:\n#\n# It goes. It does.\n##\n{ 'command': 'go' }`;
    expect(firstOf(wide, { rules: '10.0' })).toMatchObject({ name: 'go' });
    expect(() => firstOf(wide, { rules: '11.1' })).toThrow('a:4: ". I" has one space: expected two between sentences');
    expect(() => firstOf(`##\n# It goes. It does.\n##`, { rules: '11.1' })).toThrow('a:2: ". I" has one space');
    const long = `##\n# @go:\n#\n# ${'x'.repeat(69)}\n##\n{ 'command': 'go' }`;
    expect(firstOf(long, { rules: '10.0' })).toMatchObject({ name: 'go' });
    expect(() => firstOf(long, { rules: '11.1' })).toThrow('a:4: a line of 71 characters: expected 70 at most');
  });

  it('may be as wide as it likes in examples, and for addresses', () => {
    const wide = 'x'.repeat(80);
    const lines = [
      `https://${wide}`,
      '',
      '.. qmp-example::',
      '',
      `   -> ${wide}. Y`,
      `     ${wide}`,
      '',
      '1. One e.g. This',
      'Two.  Three',
    ];
    const schema = `##\n# @go:\n#\n${lines.map((line) => `# ${line}\n`).join('')}##\n{ 'command': 'go' }`;
    expect(firstOf(schema, { rules: '11.1' })).toMatchObject({ name: 'go' });
    expect(() => firstOf(schema.replace('Two', wide), { rules: '11.1' })).toThrow('expected 70 at most');
  });
});
