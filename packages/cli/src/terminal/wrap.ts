/** Breaks a text into lines of at most so many characters, at its spaces; a longer word keeps a line of its own. */
export function wrap(text: string, width: number): string[] {
  return wrapWords(text.split(' '), width);
}

/** Puts words into lines of at most so many characters; a word may have spaces in it. */
export function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
