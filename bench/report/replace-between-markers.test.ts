import { describe, expect, it } from 'vitest';
import { BEGIN, END, replaceBetweenMarkers } from './replace-between-markers.mjs';

describe('the text between the markers of a page', () => {
  it('is replaced, and what stands around it stays', () => {
    const page = `# Speed\n\n${BEGIN}\n\nold\n\n${END}\n\n## More\n`;
    expect(replaceBetweenMarkers(page, 'new')).toBe(`# Speed\n\n${BEGIN}\n\nnew\n\n${END}\n\n## More\n`);
  });

  it('may be missing before', () => {
    expect(replaceBetweenMarkers(`${BEGIN}${END}`, 'new')).toBe(`${BEGIN}\n\nnew\n\n${END}`);
  });

  it('is taken as it is, dollar signs included', () => {
    expect(replaceBetweenMarkers(`${BEGIN}${END}`, "$& $'")).toContain("$& $'");
  });

  it.each([`${BEGIN} only`, `only ${END}`, `${END} before ${BEGIN}`])('cannot be found in %j', (page) => {
    expect(() => replaceBetweenMarkers(page, 'new')).toThrow(`expected ${BEGIN} and ${END}`);
  });
});
