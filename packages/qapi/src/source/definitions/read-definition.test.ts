import { describe, expect, it } from 'vitest';
import { faultOf, sound } from '../fault-of.test-kit.ts';

/** Each is wrong on its first line. */
const faults: Readonly<Record<string, readonly (readonly [text: string, message: string])[]>> = {
  names: [
    ["{ 'command': '1st' }", 'command "1st" has an invalid name: expected a letter, then letters, digits, "-" and "_"'],
    ["{ 'command': 'q_x' }", 'command "q_x" has a reserved name: it begins with "q_"'],
    ["{ 'command': 'get_it' }", 'the name of command "get_it" must be lower case without "_"'],
    [
      "{ 'command': 'Get_it' } { 'pragma': { 'command-name-exceptions': [ 'Get_it' ] } }",
      'the name of command "Get_it" must be lower case',
    ],
    ["{ 'event': 'gone' }", 'the name of event "gone" must be upper case without "-"'],
    ["{ 'struct': 'foo', 'data': {} }", 'the name of struct "foo" must be CamelCase'],
    ["{ 'struct': 'FooList', 'data': {} }", 'struct "FooList" has a reserved name: it ends with "List"'],
    [
      "{ 'struct': 'Foo', 'data': { 'has-a': 'int' } }",
      'member "has-a" of struct "Foo" has a reserved name: it is "u" or begins with "has_"',
    ],
    [
      "{ 'enum': 'Foo', 'data': [ '' ] }",
      'value "" of enum "Foo" has an invalid name: expected a letter, then letters, digits, "-" and "_"',
    ],
    ["{ 'command': 'int' }", 'command "int" has the name of a builtin type'],
    ["{ 'struct': 'QType', 'data': {} }", 'struct "QType" has the name of a builtin type'],
    ["{ 'command': 'go' } { 'command': 'go' }", 'command "go" has the same name as command "go" at a:1'],
  ],
  conditions: [
    ["{ 'command': 'x', 'if': [] }", 'the condition of command "x" is an array: expected a string or an object'],
    [
      "{ 'command': 'x', 'if': 'linux' }",
      `the condition of command "x" is 'linux': expected a symbol such as CONFIG_LINUX`,
    ],
    ["{ 'command': 'x', 'if': {} }", `the condition of command "x" has 0 keys: expected one of 'all', 'any' and 'not'`],
    ["{ 'command': 'x', 'if': { 'all': 'A' } }", `'all' in the condition of command "x" is 'A': expected an array`],
    ["{ 'command': 'x', 'if': { 'any': [] } }", `'any' in the condition of command "x" is empty`],
  ],
  features: [
    ["{ 'command': 'x', 'features': 'a' }", `the features of command "x" are 'a': expected an array`],
    ["{ 'command': 'x', 'features': [ true ] }", 'a feature of command "x" is true: expected a name'],
    ["{ 'command': 'x', 'features': [ 'a', { 'name': 'a' } ] }", 'the feature "a" of command "x" clashes with "a"'],
    [
      "{ 'struct': 'Foo', 'data': {}, 'features': [ 'unstable' ] }",
      'struct "Foo" has the feature "unstable", which types cannot have',
    ],
    [
      `{ 'command': 'x', 'features': [ ${Array.from({ length: 63 }, (_, index) => `'f${index}'`).join()} ] }`,
      '"f62" is one feature more than the 64 that a schema may have',
    ],
  ],
  enums: [
    ["{ 'enum': 'Foo', 'data': {} }", 'the values of enum "Foo" are an object: expected an array'],
    ["{ 'enum': 'Foo', 'prefix': true, 'data': [] }", 'the prefix of enum "Foo" is true: expected a string'],
    ["{ 'enum': 'Foo', 'data': [ [] ] }", 'a value of enum "Foo" is an array: expected a string'],
    [
      "{ 'enum': 'Foo', 'data': [ 'a-b', 'a_b' ] } { 'pragma': { 'member-name-exceptions': [ 'Foo' ] } }",
      'value "a_b" of enum "Foo" clashes with "a-b"',
    ],
  ],
  pragmas: [
    ["{ 'pragma': [] }", "'pragma' is an array: expected an object"],
    ["{ 'pragma': {}, 'x': 'y' }", "'pragma' must be the only key of its object"],
    [
      "{ 'pragma': { 'x': true } }",
      "unknown pragma 'x': expected doc-required, command-name-exceptions, command-returns-exceptions, documentation-exceptions, member-name-exceptions",
    ],
    ["{ 'pragma': { 'doc-required': 'yes' } }", "'doc-required' is 'yes': expected true or false"],
    [
      "{ 'pragma': { 'member-name-exceptions': 'Foo' } }",
      "'member-name-exceptions' is 'Foo': expected an array of strings",
    ],
    ["{ 'pragma': { 'member-name-exceptions': [ true ] } }", "'member-name-exceptions' holds true: expected strings"],
    ["{ 'command': 'x' } { 'pragma': { 'doc-required': true } }", 'command "x" has no documentation'],
  ],
};

describe.each(Object.entries(faults))('what is defined wrong: %s', (_subject, cases) => {
  it.each(cases)('%s', (text, message) => {
    expect(faultOf(`${text}\n${sound}`)).toBe(`a:1: ${message}`);
  });
});
