/** Whether an id is one: a letter, then letters, digits, and `-`, `.`, `_`. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9\-._]*$/.test(text);
}
