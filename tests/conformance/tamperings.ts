import type { Tampering } from './tampering-relay.ts';

const UNREADABLE: Tampering = { fromServer: (line) => (line.includes('JSON') ? '' : line) };
const OTHER_CLASS: Tampering = { fromServer: replace(/"CommandNotFound"/, '"GenericError"') };

/** How a server is made to break each rule. */
export const tamperings: Readonly<Record<string, () => Tampering>> = {
  greeting: () => ({ fromServer: replace(/"capabilities"/, '"abilities"') }),
  'line-ends': () => ({ fromServer: replace(/\r\n/, '\n') }),
  version: () => ({ fromServer: replace(/("return".*"package": ")/, '$1another ') }),
  'refuses-before-negotiation': () => OTHER_CLASS,
  'negotiation-again': () => ({ fromServer: replace(/"GenericError"/, '"CommandNotFound"') }),
  'negotiates-once': () => OTHER_CLASS,
  'only-what-is-offered': () => ({ fromServer: replace(/\["oob"\]/, '[]') }),
  'starts-over': () => ({
    fromServer: (line, connection) => (connection > 1 && line.includes('"QMP"') ? '{}\r\n' : line),
  }),
  'id-of-any-type': () => ({ fromServer: replace(/18446744073709551615/, '18446744073709552000') }),
  'id-of-any-text': () => ({ fromServer: replace(/\\u2028/, '') }),
  'no-id': () => ({ fromServer: replace(/(?<!"negotiation"|"QMP".*)\}\r\n$/, ', "id": null}\r\n') }),
  'unknown-command': () => OTHER_CLASS,
  'unknown-argument': () => ({ fromClient: replace(/"no-such-argument": 1/, '') }),
  'unknown-member': () => ({ fromClient: replace(/"extra": 1, /, '') }),
  'arguments-that-are-none': () => ({ fromClient: replace(/"arguments": null, /, '') }),
  'command-that-is-none': () => ({ fromClient: replace(/"execute": true/, '"execute": "query-version"') }),
  'not-an-object': () => ({ fromServer: replace(/^\{"error".*\r\n$/, '') }),
  'in-order': () => swapping('"id": 50}'),
  'command-in-pieces': () => ({ fromClient: (text) => (text.length === 1 ? '' : text) }),
  'no-line-end': () => ({ fromClient: replace(/^\{"execute": "query-version", "id": 1\}$/, '') }),
  blanks: () => ({ fromClient: replace(/^\r\n[^]*$/, '') }),
  'single-quotes': () => ({ fromClient: replace(/^\{'[^]*$/, '') }),
  'long-command': () => ({ fromClient: replace(/x{20}/, '') }),
  'malformed-input': () => UNREADABLE,
  'duplicate-member': () => UNREADABLE,
  'ill-formed-text': () => UNREADABLE,
  resynchronisation: () => UNREADABLE,
  'too-deep': () => UNREADABLE,
  'out-of-band-not-enabled': () => ({ fromClient: replace(/"exec-oob"/, '"execute"') }),
  'out-of-band': () => ({ fromClient: replace(/"exec-oob"/, '"exec"') }),
  'out-of-band-not-allowed': () => ({ fromClient: replace(/"exec-oob"/, '"execute"') }),
  'execute-and-exec-oob': () => ({ fromClient: replace(/"exec-oob": "query-yank", /, '') }),
  'in-order-with-out-of-band': () => swapping('"id": 20}'),
  events: () => ({ fromServer: replace(/"timestamp"/, '"time"') }),
  'event-before-reply': () => swapping('"STOP"'),
};

function replace(pattern: RegExp, replacement: string): (text: string) => string {
  return (text) => text.replace(pattern, replacement);
}

/** Sends a line that holds the text after the one that follows it. */
function swapping(text: string): Tampering {
  let held = '';
  return {
    fromServer(line) {
      if (line.includes(text)) {
        held = line;
        return '';
      }
      const lines = line + held;
      held = '';
      return lines;
    },
  };
}
