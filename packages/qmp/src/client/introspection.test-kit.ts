import type { JsonValue } from '@qmp/protocol/codecs';

/** What a server of very few words says of itself. */
export const introspection: JsonValue = [
  { name: 'block_resize', 'meta-type': 'command', 'arg-type': '1', 'ret-type': '0' },
  { name: 'query-qmp-schema', 'meta-type': 'command', 'arg-type': '0', 'ret-type': '[2]' },
  { name: 'STOP', 'meta-type': 'event', 'arg-type': '0' },
  { name: '0', 'meta-type': 'object', members: [] },
  {
    name: '1',
    'meta-type': 'object',
    members: [
      { name: 'device', type: 'str' },
      { name: 'size', type: 'int' },
    ],
  },
  { name: '2', 'meta-type': 'object', members: [{ name: 'name', type: 'str' }] },
  { name: '[2]', 'meta-type': 'array', 'element-type': '2' },
  { name: 'str', 'meta-type': 'builtin', 'json-type': 'string' },
  { name: 'int', 'meta-type': 'builtin', 'json-type': 'int' },
];
