import { describe, expect, it } from 'vitest';
import type { Condition } from '../model/definition.ts';
import { describeCondition, describeFacts } from './describe-facts.ts';

describe('describeFacts', () => {
  it('says nothing of what nothing is known of', () => {
    expect(describeFacts({})).toEqual([]);
  });

  it('parts documentation, sentences, single parts and tags', () => {
    const facts = { documentation: 'Adds it\n@here, see a@b.\n', since: '2.1', features: [{ name: 'deprecated' }] };
    expect(describeFacts(facts, { remarks: ['Mind the gap.'], list: ['- `a`'], link: 'https://example.org' })).toEqual([
      'Adds it',
      '`here`, see a@b.',
      '',
      'Mind the gap. Since 2.1.',
      '',
      '- `a`',
      '',
      '@deprecated',
      '@see https://example.org',
    ]);
  });

  it('breaks lines between sentences', () => {
    const long = `${'long '.repeat(20).trim()}.`;
    expect(describeFacts({ since: '2.1' }, { remarks: [long, 'Short.'] })).toEqual([`${long} Short.`, 'Since 2.1.']);
  });
});

describe('describeCondition', () => {
  it.each<[Condition, string]>([
    ['CONFIG_A', 'CONFIG_A'],
    [{ not: 'CONFIG_A' }, 'not CONFIG_A'],
    [{ all: ['A', { not: 'B' }] }, 'A and not B'],
    [{ any: ['A', { all: ['B', 'C'] }] }, 'A or (B and C)'],
    [{ not: { any: ['A', 'B'] } }, 'not (A or B)'],
  ])('puts %j into words', (condition, words) => {
    expect(describeCondition(condition)).toBe(words);
  });
});
