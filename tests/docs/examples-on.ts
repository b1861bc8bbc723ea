import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What stands on a page of the docs. */
export function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The examples on a page that are TypeScript. */
export function examplesOn(page: string): string[] {
  const examples = examplesIn(textOf(page));
  if (examples.length === 0) throw new Error(`There is no example on ${page}`);
  return examples;
}

/** The first example below a heading, with some of its words replaced by what is there in a test. */
export function exampleBelow(page: string, heading: string, replacements: Readonly<Record<string, string>>): string {
  const text = textOf(page);
  const place = text.split('\n').findIndex((line) => line.replace(/^#+ /, '') === heading && line !== heading);
  let [example = ''] = examplesIn(text.split('\n').slice(place).join('\n'));
  for (const [word, replacement] of Object.entries(replacements)) {
    if (!example.includes(word)) throw new Error(`The example below "${heading}" has no ${word}`);
    example = example.replaceAll(word, replacement);
  }
  return example;
}

function examplesIn(text: string): string[] {
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, example = '']) => example);
}
