/** A doc comment of these lines, with its line end; nothing for no lines. An empty line parts paragraphs. */
export function docComment(lines: readonly string[], indent: string): string {
  const [first, ...others] = lines;
  if (first === undefined) return '';
  if (others.length === 0 && !first.startsWith('@see')) return `${indent}/** ${escape(first)} */\n`;
  const body = lines.map((line) => (line === '' ? `${indent} *\n` : `${indent} * ${escape(line)}\n`));
  return `${indent}/**\n${body.join('')}${indent} */\n`;
}

function escape(line: string): string {
  return line.replaceAll('*/', '*\\/');
}
