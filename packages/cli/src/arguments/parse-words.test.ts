import { describe, expect, it } from 'vitest';

import { parseWords, wantsHelp } from './parse-words.ts';
import { UsageError } from './usage-error.ts';

const OPTIONS = { timeout: { type: 'string', default: '30' }, embedded: { type: 'boolean' } } as const;

describe('parseWords', () => {
  it('tells options from words, wherever they stand', () => {
    const { values, positionals } = parseWords(['a', '--timeout', '5', 'k=v', '--', '--b'], OPTIONS);
    expect(values).toEqual({ timeout: '5' });
    expect(positionals).toEqual(['a', 'k=v', '--b']);
  });

  it.each([
    [['--nope'], "Unknown option '--nope'"],
    [['-x'], "Unknown option '-x'"],
    [['--timeout'], "Option '--timeout <value>' argument missing"],
    [['--timeout', '-5'], "Option '--timeout' argument is ambiguous"],
    [['--embedded=yes'], "Option '--embedded' does not take an argument"],
  ])('says in one sentence what is wrong with %j', (args, message) => {
    expect(() => parseWords(args, OPTIONS)).toThrow(new UsageError(message));
  });
});

describe('wantsHelp', () => {
  it.each([[['--help']], [['a', '-h', 'b']]])('sees it in %j', (args) => {
    expect(wantsHelp(args)).toBe(true);
  });

  it.each([[[]], [['help']], [['k=--help']], [['--', '--help']]])('does not see it in %j', (args) => {
    expect(wantsHelp(args)).toBe(false);
  });
});
