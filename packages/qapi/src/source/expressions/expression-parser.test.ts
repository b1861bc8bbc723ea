import { describe, expect, it } from 'vitest';
import { faultOf, sound } from '../fault-of.test-kit.ts';

/** Each is wrong on its first line. */
const faults: Readonly<Record<string, readonly (readonly [text: string, message: string])[]>> = {
  words: [
    ['123', '"123" is not of the schema language'],
    ['{ "command": 1 }', `"\\"command\\"" is not of the schema language: strings stand in single quotes`],
    ["{ 'command': trueish }", '"trueish" is not of the schema language'],
    ["{ 'command", "the string 'command has no end: expected ' on the same line"],
    ["{ 'caf\u00e9': true }", 'the character U+00E9 in a string: expected printable ASCII characters only'],
    ["{ 'a\\n': true }", '\\n in a string: the only escape is \\\\'],
    ['x'.repeat(50), `"${'x'.repeat(40)}…" is not of the schema language`],
  ],
  values: [
    ["{ 'command': 'x', ##\n##\n}", 'a documentation comment where a string should be'],
    [
      "{ 'command': 'a\\\\b' }",
      'command "a\\b" has an invalid name: expected a letter, then letters, digits, "-" and "_"',
    ],
    ["'command'", "'command' where an object should be"],
    ['[]', 'an array where an object should be'],
    ['true', 'true where an object should be'],
    ['}', '"}" where an object, an array, a string, true or false should be'],
    ['{ true: true }', 'true where a string or "}" should be'],
    ["{ 'a' 'b' }", `'b' where ":" after 'a' should be`],
    ["{ 'a': 'b' 'c' }", `'c' where "," or "}" should be`],
    ["{ 'a': 'b', }", '"}" where a string should be'],
    ["{ 'a': 'b', 'a': 'c' }", "the key 'a' stands twice in one object"],
    ["{ 'a': [ 'b' : ] }", '":" where "," or "]" should be'],
    ["{ 'a': ## }", 'a documentation comment starts with ## alone on its line'],
    [`{ 'a': ${'['.repeat(10_000)}`, 'nested deeper than 100 levels'],
    ['{}', 'an object with none of the keys enum, struct, union, alternate, command, event'],
    [
      "{ 'enum': 'E', 'event': 'E' }",
      'an object with more than one of the keys enum, struct, union, alternate, command, event',
    ],
    ["{ 'command': true }", 'the name of a command is true: expected a string'],
    [
      "{ 'command': 'x', 'date': {} }",
      `command "x" has an unknown key 'date': expected 'command', 'data', 'returns', 'boxed', 'gen', 'success-response', 'allow-oob', 'allow-preconfig', 'coroutine', 'if', 'features'`,
    ],
    ["{ 'struct': 'Foo' }", `struct "Foo" has no key 'data'`],
  ],
};

describe.each(Object.entries(faults))('what is written wrong: %s', (_subject, cases) => {
  it.each(cases)('%s', (text, message) => {
    expect(faultOf(`${text}\n${sound}`)).toBe(`a:1: ${message}`);
  });
});
