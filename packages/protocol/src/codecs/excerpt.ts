const RAW_LENGTH = 200;
const QUOTE_LENGTH = 40;

/** The beginning of what could not be read, for an error's `raw`. */
export function beginningOf(text: string): string {
  return text.slice(0, RAW_LENGTH);
}

/** A few characters in quotes, on one line, for the middle of a sentence. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTE_LENGTH ? `${text.slice(0, QUOTE_LENGTH)}…` : text);
}
