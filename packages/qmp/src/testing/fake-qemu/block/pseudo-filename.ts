import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

/** Options of every node, which do not tell where its data is. */
const GENERAL: ReadonlySet<string> = new Set(
  'node-name read-only auto-read-only discard cache detect-zeroes force-share active'.split(' '),
);

/** What QEMU calls a node by whose options are more than a file name: `json:{"driver": "null-co", "size": 1024}`. */
export function pseudoFilename(options: JsonObject): string {
  const telling = Object.entries(options).filter(([name, value]) => !GENERAL.has(name) && value !== undefined);
  return `json:${print(Object.fromEntries(telling))}`;
}

/** As QEMU prints it: keys in order, spaced. */
function print(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return stringifyJson(value);
  if (isArray(value)) return `[${value.map(print).join(', ')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member = null]) => `${stringifyJson(name)}: ${print(member)}`).join(', ')}}`;
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
