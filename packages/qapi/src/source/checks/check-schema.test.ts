import { describe, expect, it } from 'vitest';
import { faultOf, sound } from '../fault-of.test-kit.ts';

/** Each is wrong on its first line. */
const faults: Readonly<Record<string, readonly (readonly [text: string, message: string])[]>> = {
  structs: [
    ["{ 'struct': 'Foo', 'data': 'Empty' }", `the members of struct "Foo" are 'Empty': expected an object`],
    [
      "{ 'struct': 'Foo', 'data': {}, 'base': {} }",
      'the base of struct "Foo" is an object: expected the name of a type',
    ],
    [
      "{ 'struct': 'Foo', 'data': {}, 'base': 'Kind' }",
      'the base of struct "Foo" is the enum "Kind": expected a struct',
    ],
    [
      "{ 'struct': 'Foo', 'data': {}, 'base': 'Either' }",
      'the base of struct "Foo" is the union "Either": expected a struct',
    ],
    ["{ 'struct': 'Foo', 'data': {}, 'base': 'Foo' }", 'struct "Foo" contains itself'],
    [
      "{ 'struct': 'Foo', 'data': { 'a': [] } }",
      'member "a" of struct "Foo" has an array as its type that does not hold the name of one type',
    ],
    [
      "{ 'struct': 'Foo', 'data': { 'a': true } }",
      `member "a" of struct "Foo" has true as its type: expected a name or ['NAME']`,
    ],
    [
      "{ 'struct': 'Foo', 'data': { 'a': [ 'Bar' ] } }",
      'member "a" of struct "Foo" uses the type "Bar", which is not defined',
    ],
    [
      "{ 'struct': 'Foo', 'data': { 'kind': 'str' }, 'base': 'Base' }",
      'member "kind" of struct "Foo" clashes with "kind" of struct "Base"',
    ],
  ],
  unions: [
    [
      "{ 'union': 'Foo', 'base': true, 'discriminator': 'kind', 'data': {} }",
      'the base of union "Foo" is true: expected the name of a type or an object',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': [], 'data': {} }",
      'the discriminator of union "Foo" is an array: expected the name of a member',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'kind', 'data': [] }",
      'the branches of union "Foo" are an array: expected an object',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'type', 'data': {} }",
      'the discriminator "type" of union "Foo" is not a member of its base',
    ],
    [
      "{ 'union': 'Foo', 'base': { 'kind': 'str' }, 'discriminator': 'kind', 'data': {} }",
      'the discriminator "kind" of union "Foo" is of the builtin type "str": expected an enum',
    ],
    [
      "{ 'union': 'Foo', 'base': { '*kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }",
      'the discriminator "kind" of union "Foo" is optional: expected a member that is always there',
    ],
    [
      "{ 'union': 'Foo', 'base': { 'kind': { 'type': 'Kind', 'if': 'A' } }, 'discriminator': 'kind', 'data': {} }",
      'the discriminator "kind" of union "Foo" is conditional: expected a member that is always there',
    ],
    [
      "{ 'union': 'Foo', 'base': { 'kind': 'None' }, 'discriminator': 'kind', 'data': {} } { 'enum': 'None', 'data': [] }",
      'union "Foo" has no branches',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'kind', 'data': { 'six': 'Empty' } }",
      'branch "six" of union "Foo" is not a value of the enum "Kind"',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'kind', 'data': { 'one': [ 'Empty' ] } }",
      'the type of branch "one" of union "Foo" is an array: expected the name of a type',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'kind', 'data': { 'one': 'str' } }",
      'branch "one" of union "Foo" is the builtin type "str": expected a struct or a union',
    ],
    [
      "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'kind', 'data': { 'one': 'Base' } }",
      'member "kind" of struct "Base" clashes with "kind" of struct "Base"',
    ],
    [
      "{ 'union': 'Foo', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'one': 'Foo' } }",
      'union "Foo" contains itself',
    ],
  ],
  alternates: [
    ["{ 'alternate': 'Foo', 'data': [] }", 'the alternatives of alternate "Foo" are an array: expected an object'],
    ["{ 'alternate': 'Foo', 'data': {} }", 'alternate "Foo" has no alternatives'],
    [
      "{ 'alternate': 'Foo', 'data': { 'a-b': 'int', 'A': 'str' } }",
      'the name of alternative "A" of alternate "Foo" must be lower case without "_"',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'any' } }",
      'alternative "a" of alternate "Foo" is the builtin type "any", which has no JSON type of its own',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'Any' } }",
      'alternative "a" of alternate "Foo" is the alternate "Any", which has no JSON type of its own',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'int', 'b': 'number' } }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be numbers',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'bool', 'b': 'str' } }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be booleans',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'Kind', 'b': 'str' } }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be strings',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'bool', 'b': 'Sw' } } { 'enum': 'Sw', 'data': [ 'on' ] }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be booleans',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'int', 'b': 'No' } } { 'enum': 'No', 'data': [ '1st' ] }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be numbers',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': [ 'int' ], 'b': [ 'str' ] } }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be arrays',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'Empty', 'b': 'Base' } }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be objects',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { 'a': 'null', 'b': 'null' } }",
      'alternative "b" of alternate "Foo" cannot be told from "a": both can be null',
    ],
    [
      "{ 'alternate': 'Foo', 'data': { '__a-b_c': 'null', '__a.b_c': 'str' } }",
      'alternative "__a.b_c" of alternate "Foo" clashes with "__a-b_c"',
    ],
  ],
  'commands and events': [
    ["{ 'command': 'x', 'gen': true }", `'gen' of command "x" is true: it may only be false`],
    ["{ 'command': 'x', 'allow-oob': 'yes' }", `'allow-oob' of command "x" is 'yes': it may only be true`],
    [
      "{ 'command': 'x', 'allow-oob': true, 'coroutine': true }",
      `command "x" has 'allow-oob' and 'coroutine': expected one of them at most`,
    ],
    ["{ 'command': 'x', 'boxed': true }", `command "x" has 'boxed' and no 'data'`],
    [
      "{ 'command': 'x', 'boxed': true, 'data': {} }",
      'the data of command "x" is an object: expected the name of a type',
    ],
    [
      "{ 'command': 'x', 'data': [ 'Empty' ] }",
      'the data of command "x" is an array: expected the name of a type or an object',
    ],
    ["{ 'event': 'X', 'data': 'Kind' }", 'the data of event "X" is the enum "Kind": expected a struct or a union'],
    ["{ 'event': 'X', 'data': 'Either' }", `the data of event "X" is the union "Either", which needs 'boxed': true`],
    [
      "{ 'command': 'x', 'data': 'Maybe' }",
      `the data of command "x" has the member "name", whose condition needs a type and 'boxed': true`,
    ],
    [
      "{ 'command': 'x', 'returns': 'Kind' }",
      'the reply of command "x" is the enum "Kind": expected a struct, a union or an array of such',
    ],
    [
      "{ 'command': 'x', 'returns': [ 'str' ] }",
      'the reply of command "x" is an array of the builtin type "str": expected a struct, a union or an array of such',
    ],
    [
      "{ 'command': 'x', 'data': { 'a': 'int', '*a': 'int' } }",
      'member "a" of command "x" clashes with "a" of command "x"',
    ],
  ],
};

describe.each(Object.entries(faults))('what does not go together: %s', (_subject, cases) => {
  it.each(cases)('%s', (text, message) => {
    expect(faultOf(`${text}\n${sound}`)).toBe(`a:1: ${message}`);
  });
});

describe('parseSchema and older versions', () => {
  it('knows no unions in unions before 8.1', () => {
    const text = `{ 'union': 'Foo', 'base': { 'k': 'Kind' }, 'discriminator': 'k', 'data': { 'one': 'Either' } }${sound}`;
    expect(faultOf(text)).toBeUndefined();
    expect(faultOf(text, { rules: '7.2' })).toBe(
      'a:1: branch "one" of union "Foo" is the union "Either": expected a struct',
    );
  });

  it('knows no limit for features', () => {
    const names = Array.from({ length: 100 }, (_, index) => `'f${index}'`);
    expect(faultOf(`{ 'command': 'x', 'features': [ ${names.join()} ] }`, { rules: '7.2' })).toBeUndefined();
  });
});
