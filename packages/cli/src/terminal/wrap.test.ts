import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  });

  it('gives a word that is too long a line of its own', () => {
    expect(wrap('a bbbbbbbb c', 4)).toEqual(['a', 'bbbbbbbb', 'c']);
  });

  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
  test.prop([words, fc.integer({ min: 1, max: 40 })])('loses nothing and keeps within the width', (list, width) => {
    const lines = wrap(list.join(' '), width);
    expect(lines.join(' ')).toBe(list.join(' '));
    for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
  });
});
