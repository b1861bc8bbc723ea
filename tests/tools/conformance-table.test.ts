import { describe, expect, it } from 'vitest';
import { formatFailures, formatReports, placeText, type Report } from '../../tools/conformance/table.mjs';

function report(subject: string, ...verdicts: readonly string[]): Report {
  return {
    subject,
    results: verdicts.map((verdict, index) => ({
      rule: `rule-${index}`,
      says: 'It does a | b',
      basis: index === 0 ? 'specification' : 'practice',
      verdict,
      ...(verdict === 'pass' ? undefined : { why: 'the `server`\nhas hung up' }),
    })),
  };
}

describe('the table of the conformance kit', () => {
  it('has a line for each rule and a column for each that was tested', () => {
    expect(formatReports([report('a 1.0', 'pass', 'fail'), report('b', 'not applicable', 'pass')]).split('\n')).toEqual(
      [
        '| rule | by | a 1.0 | b |',
        '| --- | :-: | :-: | :-: |',
        '| `rule-0`: It does a \\| b | S | yes | - |',
        '| `rule-1`: It does a \\| b | P | **no** | yes |',
        '| passed |  | 1 of 2 | 1 of 1 |',
      ],
    );
    expect(() => formatReports([])).toThrow('There is nothing to make a table of');
  });

  it('is followed by why each of those failed that did', () => {
    expect(formatFailures([report('a', 'pass', 'fail'), report('b', 'pass')])).toBe(
      "a:\n\n- `rule-1`: `the 'server' has hung up`",
    );
  });

  it('stands between two markers', () => {
    const page = 'before\n<!-- x: begin -->\nold\n<!-- x: end -->\nbehind';
    expect(placeText(page, 'x', 'new')).toBe('before\n<!-- x: begin -->\n\nnew\n\n<!-- x: end -->\nbehind');
    expect(() => placeText(page, 'y', 'new')).toThrow('The page lacks a place for the y');
  });
});
