import { describe, expect, it } from 'vitest';

import { looksAlike, showsSomething } from './picture.ts';
import { pictureWith } from './picture.test-kit.ts';

describe('showsSomething', () => {
  it('sees nothing on a black screen, with or without a cursor', () => {
    expect(showsSomething(pictureWith(0))).toBe(false);
    expect(showsSomething(pictureWith(18, { from: 500 }))).toBe(false);
  });

  it('sees nothing on a screen of any other single colour', () => {
    expect(showsSomething(pictureWith(720 * 40))).toBe(false);
  });

  it('sees a line of text', () => {
    expect(showsSomething(pictureWith(1000, { from: 500 }))).toBe(true);
  });
});

describe('looksAlike', () => {
  it('overlooks a blinking cursor', () => {
    expect(looksAlike(pictureWith(4000), pictureWith(4018))).toBe(true);
  });

  it('notices a new line of text, and another size', () => {
    expect(looksAlike(pictureWith(4000), pictureWith(5000))).toBe(false);
    expect(looksAlike(pictureWith(4000), pictureWith(4000, { height: 48 }))).toBe(false);
  });
});
