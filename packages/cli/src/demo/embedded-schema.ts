import type { JsonValue } from '@qmp/protocol/codecs';

/** What the stand-in says that it knows, as QEMU says it. */
export const embeddedSchema: JsonValue = [
  ...['qmp_capabilities', 'stop', 'cont', 'quit'].map((name) => commandEntry(name, 'empty')),
  commandEntry('query-version', 'version'),
  commandEntry('query-name', 'name'),
  commandEntry('query-status', 'status'),
  commandEntry('query-qmp-schema', '[any]'),
  ...['STOP', 'RESUME'].map((name) => ({ name, 'meta-type': 'event', 'arg-type': 'empty' })),
  { name: 'SHUTDOWN', 'meta-type': 'event', 'arg-type': 'shutdown' },
  objectEntry('empty', {}),
  objectEntry('version', { qemu: 'release', package: 'str' }),
  objectEntry('release', { major: 'int', minor: 'int', micro: 'int' }),
  objectEntry('name', { name: 'str' }),
  objectEntry('status', { status: 'str', running: 'bool' }),
  objectEntry('shutdown', { guest: 'bool', reason: 'str' }),
  { name: '[any]', 'meta-type': 'array', 'element-type': 'any' },
  ...Object.entries({ str: 'string', int: 'int', bool: 'boolean', any: 'value' }).map(([name, json]) => {
    return { name, 'meta-type': 'builtin', 'json-type': json };
  }),
];

function commandEntry(name: string, returns: string): JsonValue {
  return { name, 'meta-type': 'command', 'arg-type': 'empty', 'ret-type': returns };
}

function objectEntry(name: string, members: Readonly<Record<string, string>>): JsonValue {
  return {
    name,
    'meta-type': 'object',
    members: Object.entries(members).map(([member, type]) => ({ name: member, type })),
  };
}
