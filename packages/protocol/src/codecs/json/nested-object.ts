const QUOTE = '"';
const BACKSLASH = 0x5c;

/**
 * Whether the object that the brace at `closing` closes is surely part of a larger value: read backwards, its opening
 * brace stands within the text and follows a colon, a comma or a bracket. Costs as much as the object is long, which
 * is little where a chunk happens to end behind one of the many objects of a long message.
 */
export function isNestedObject(text: string, from: number, closing: number): boolean {
  let depth = 0;
  for (let index = closing; index >= from; index--) {
    switch (text[index]) {
      case QUOTE:
        index = openingQuote(text, index);
        break;
      case '}':
      case ']':
        depth++;
        break;
      case '{':
      case '[':
        depth--;
        if (depth === 0) return followsInside(text, from, index);
        break;
      default:
    }
  }
  return false;
}

function openingQuote(text: string, closing: number): number {
  let index = closing;
  do index = text.lastIndexOf(QUOTE, index - 1);
  while (index > 0 && isEscaped(text, index));
  return index;
}

function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (first > 0 && text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (index - first) % 2 === 1;
}

function followsInside(text: string, from: number, opening: number): boolean {
  return /[[:,]\s*$/.test(text.slice(Math.max(from, opening - 100), opening));
}
