/** Text in which a secret may stand: it has no members that could be told apart. */
const MAY_HOLD_SECRET = /passw|passphrase|secret|cookie/i;

/** Some clients send it to make a server forget what came before. */
const MARK = 0xff;

const decoder = new TextDecoder();

/** What is no message, as recordings show it: without the blanks around it; empty where there is nothing else. */
export function textOf(bytes: Uint8Array): string {
  const text = decoder.decode(bytes.filter((byte) => byte !== MARK)).trim();
  return MAY_HOLD_SECRET.test(text) ? `*** (${text.length} characters in which a secret may stand)` : text;
}
