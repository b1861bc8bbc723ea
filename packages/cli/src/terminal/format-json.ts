import { stringifyJson, type JsonValue } from '@qmp/protocol/codecs';

/** JSON over several lines, for people; integers stay exact. */
export function formatJson(value: JsonValue, indent = ''): string {
  if (typeof value !== 'object' || value === null) return stringifyJson(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const elements: readonly JsonValue[] = value;
    return enclose(
      '[',
      elements.map((element) => formatJson(element, deeper)),
      ']',
      indent,
    );
  }
  const members = Object.entries(value as Readonly<Record<string, JsonValue>>).map(
    ([name, member]) => `${stringifyJson(name)}: ${formatJson(member, deeper)}`,
  );
  return enclose('{', members, '}', indent);
}

function enclose(open: string, parts: readonly string[], close: string, indent: string): string {
  if (parts.length === 0) return `${open}${close}`;
  const lines = parts.map((part) => `\n${indent}  ${part}`).join(',');
  return `${open}${lines}\n${indent}${close}`;
}
