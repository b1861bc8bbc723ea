import { describe, expect, it } from 'vitest';
import { faultOf } from '../fault-of.test-kit.ts';

/** Comments, with the line that is wrong. */
const commentFaults: readonly (readonly [lines: readonly string[], line: number, message: string])[] = [
  [['## x'], 1, 'a documentation comment starts with ## alone on its line'],
  [['##', '# @x:', '## x'], 3, 'a documentation comment ends with ## alone on its line'],
  [['##', '# @x:'], 1, 'a documentation comment must end with ##, this one does not'],
  [['##', '#x', '##'], 2, 'expected a space after #'],
  [['##', '# @x', '##'], 2, '"@x" has no ":" at its end'],
  [['##', '# @:', '##'], 2, 'expected a name between "@" and ":"'],
  [['##', '# @x:', '##'], 1, 'the documentation of "x" is not followed by its definition'],
  [['##', '# @x:', '##', "{ 'pragma': {} }"], 1, 'the documentation of "x" is not followed by its definition'],
  [
    ['##', '# x', '##', "{ 'command': 'x' }"],
    1,
    'the documentation of a definition begins with "@NAME:", this one does not',
  ],
  [['##', '# @y:', '##', "{ 'command': 'x' }"], 1, 'the documentation of "y" stands before command "x"'],
  [['##', '# x', '# @y: z', '##'], 3, '"@y:" in a comment that does not begin with the "@NAME:" of a definition'],
  [['##', '# x', '# = y', '##'], 3, 'a heading below other lines: expected it first in its comment'],
  [['##', '# @x:', '#', '# = y', '##'], 4, 'a heading in the documentation of a definition'],
  [['##', '# @x:', '#', '# @y:', '#', '# Since: 1.0', '##'], 4, 'expected text below "@y:"'],
  [['##', '# @x:', '#', '# @: y', '##'], 4, 'expected a name between "@" and ":"'],
  [['##', '# @x:', '#', '# @y: z', '# @y: z', '##'], 5, '"@y:" stands twice'],
  [['##', '# @x:', '#', '# TODO: z', '#', '# @y: z', '##'], 6, '"@y:" stands below a section: expected it above'],
  [
    ['##', '# @x:', '#', '# @z: z', '#', '# text', '#', '# @y: z', '##'],
    8,
    '"@y:" stands below a section: expected it above',
  ],
  [['##', '# @x:', '#', '# Since: 1', '#', '# Since: 2', '##'], 6, '"Since:" stands twice'],
  [['##', '# @x:', '#', '# Features:', '##'], 4, '"Features:" has no feature below it'],
  [['##', '# @x:', '#', '# Features:', '# text', '##'], 5, 'expected "@NAME:" below "Features:"'],
  [['##', '# @x:', '#', '# Features:', '# @y: z', '#', '# Features:', '##'], 7, '"Features:" stands twice'],
  [
    ['##', '# @x:', '#', '# @y: z', '#     z', '#   z', '##'],
    6,
    'expected the text below "@y:" to be indented by 4 at least',
  ],
  [
    ['##', '# @x:', '#', '# Returns: y', '##', "{ 'event': 'X' }"],
    4,
    '"Returns:" in the documentation of event "X": only commands have that',
  ],
  [
    ['##', '# @x:', '#', '# Errors: y', '##', "{ 'event': 'X' }"],
    4,
    '"Errors:" in the documentation of event "X": only commands have that',
  ],
  [
    ['##', '# @x:', '#', '# Returns: y', '##', "{ 'command': 'x' }"],
    4,
    '"Returns:" in the documentation of command "x", which returns nothing',
  ],
  [
    ['##', '# @x:', '#', '# @y: z', '##', "{ 'command': 'x' }"],
    4,
    '"y" is documented, but command "x" has none of that name',
  ],
  [
    ['##', '# @x:', '#', '# @y z: z', '##', "{ 'command': 'x' }"],
    4,
    '"y z" is documented, but command "x" has none of that name',
  ],
  [['##', '# @x:', '##', "{ 'command': 'x',", "'data': { 'y': 'int' } }"], 5, '"y" of command "x" is not documented'],
  [
    ['##', '# @x:', '##', "{ 'command': 'x',", "'features': [ 'y' ] }"],
    5,
    'the feature "y" of command "x" is not documented',
  ],
  [
    ['##', '# @x:', '#', '# Features:', '# @y: z', '##', "{ 'command': 'x' }"],
    5,
    '"y" is documented, but command "x" has none of that name',
  ],
];

describe('parseSchema and comments', () => {
  it.each(commentFaults)('%j', (lines, line, message) => {
    const text = lines.join('\n').replace(/@x:(?=[^]*'X')/, '@X:');
    expect(faultOf(text)).toBe(`a:${line}: ${message}`);
  });

  it('knows which sections are gone', () => {
    const text = "##\n# @x:\n#\n# Note: y\n##\n{ 'command': 'x' }";
    expect(faultOf(text)).toBeUndefined();
    expect(faultOf(text, { rules: '10.0' })).toBe(
      'a:4: "Note:" is no section any more: expected rST such as ".. note::"',
    );
  });
});
