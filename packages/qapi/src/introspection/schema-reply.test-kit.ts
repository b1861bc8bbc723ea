/** An entry of a reply, and of whatever else it is made into. */
export type ReplyEntry = Readonly<Record<string, unknown>>;

const BUILTINS: Readonly<Record<string, string>> = {
  str: 'string',
  int: 'int',
  number: 'number',
  bool: 'boolean',
  null: 'null',
  any: 'value',
};

/** What a QEMU with these entries returns; builtin types and the type that says nothing, `0`, are there anyway. */
export function replyOf(...entries: readonly ReplyEntry[]): ReplyEntry[] {
  const builtins = Object.entries(BUILTINS).map(([name, json]) => ({
    name,
    'meta-type': 'builtin',
    'json-type': json,
  }));
  return [objectEntry('0', {}), ...entries, ...builtins];
}

export function commandEntry(name: string, arg = '0', ret = '0', more: ReplyEntry = {}): ReplyEntry {
  return { name, 'meta-type': 'command', 'arg-type': arg, 'ret-type': ret, ...more };
}

export function eventEntry(name: string, arg = '0'): ReplyEntry {
  return { name, 'meta-type': 'event', 'arg-type': arg };
}

/** Members by name; a type with a star before it is that of an optional one. */
export function objectEntry(
  name: string,
  members: Readonly<Record<string, string>>,
  more: ReplyEntry = {},
): ReplyEntry {
  const list = Object.entries(members).map(([member, type]) =>
    type.startsWith('*') ? { name: member, type: type.slice(1), default: null } : { name: member, type },
  );
  return { name, 'meta-type': 'object', members: list, ...more };
}

export function branches(tag: string, types: Readonly<Record<string, string>>): ReplyEntry {
  return { tag, variants: Object.entries(types).map(([value, type]) => ({ case: value, type })) };
}

export function enumEntry(name: string, ...values: readonly string[]): ReplyEntry {
  return { name, 'meta-type': 'enum', values, members: values.map((value) => ({ name: value })) };
}

export function arrayEntry(element: string): ReplyEntry {
  return { name: `[${element}]`, 'meta-type': 'array', 'element-type': element };
}

export function alternateEntry(name: string, ...types: readonly string[]): ReplyEntry {
  return { name, 'meta-type': 'alternate', members: types.map((type) => ({ type })) };
}

/** Something of everything, in circles too. */
export const someReply: readonly ReplyEntry[] = replyOf(
  commandEntry('blockdev-add', '1'),
  commandEntry('query-block', '0', '[4]', { 'allow-oob': true }),
  commandEntry('query-name', '0', 'str'),
  commandEntry('x-trace', '9', '0', { features: ['unstable'] }),
  eventEntry('BLOCK_IO_ERROR', '7'),
  eventEntry('STOP'),
  objectEntry('1', { driver: '2', 'node-name': '*str' }, branches('driver', { file: '3', raw: '5', 'null-co': '0' })),
  enumEntry('2', 'file', 'raw', 'null-co'),
  objectEntry('3', { filename: 'str', offset: '*int' }),
  objectEntry('4', { device: 'str', inserted: '*8', dirty: '[8]' }),
  objectEntry('5', { file: '6' }),
  alternateEntry('6', '1', 'str', 'null'),
  objectEntry('7', { device: 'str', nospace: '*bool', reason: 'any' }),
  objectEntry('8', { file: 'str', backing: '*8', size: 'number' }),
  objectEntry('9', { name: 'str' }),
  arrayEntry('4'),
  arrayEntry('8'),
);
