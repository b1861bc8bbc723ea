import type { Definition, MemberDefinition } from '../model/definition.ts';
import { QapiModel } from '../model/qapi-model.ts';

/** A small part of QEMU's schema, with something of everything. */
export const definitions: readonly Definition[] = [
  { kind: 'command', name: 'blockdev-add', arguments: 'BlockdevOptions' },
  { kind: 'command', name: 'block_resize', arguments: [{ name: 'size', type: 'int' }, optional('device', 'str')] },
  { kind: 'command', name: 'device_add', arguments: [{ name: 'driver', type: 'str' }], open: true },
  { kind: 'command', name: 'migrate', arguments: [{ name: 'addr', type: 'MigrationAddress' }] },
  { kind: 'command', name: 'query-status', returns: 'StatusInfo' },
  { kind: 'command', name: 'query-names', returns: ['str'] },
  { kind: 'command', name: 'stop' },
  { kind: 'event', name: 'RESET', data: [{ name: 'reason', type: 'Driver' }] },
  { kind: 'event', name: 'STOP' },
  { kind: 'enum', name: 'Driver', values: [{ name: 'file' }, { name: 'qcow2' }, { name: 'raw' }, { name: 'null-co' }] },
  {
    kind: 'object',
    name: 'BlockdevOptions',
    base: [{ name: 'driver', type: 'Driver' }, optional('node-name', 'str'), optional('tags', ['uint8'])],
    members: [],
    tag: 'driver',
    branches: [
      { value: 'file', type: 'FileOptions' },
      { value: 'raw', type: 'RawOptions' },
      { value: 'qcow2', type: 'Qcow2Options' },
    ],
  },
  { kind: 'object', name: 'FileOptions', members: [{ name: 'filename', type: 'str' }, optional('locking', 'bool')] },
  { kind: 'object', name: 'RawOptions', members: [{ name: 'file', type: 'BlockdevRef' }] },
  {
    kind: 'object',
    name: 'Qcow2Options',
    base: 'RawOptions',
    members: [optional('lazy-refcounts', 'bool'), optional('backing', 'BlockdevRefOrNull')],
  },
  { kind: 'alternate', name: 'BlockdevRef', alternatives: [{ type: 'BlockdevOptions' }, { type: 'str' }] },
  {
    kind: 'alternate',
    name: 'BlockdevRefOrNull',
    alternatives: [{ type: 'BlockdevOptions' }, { type: 'str' }, { type: 'null' }],
  },
  { kind: 'enum', name: 'Transport', values: [{ name: 'socket' }, { name: 'exec' }] },
  {
    kind: 'object',
    name: 'MigrationAddress',
    base: [{ name: 'transport', type: 'Transport' }],
    members: [],
    tag: 'transport',
    branches: [{ value: 'socket', type: 'SocketAddress' }],
  },
  { kind: 'enum', name: 'SocketType', values: [{ name: 'inet' }, { name: 'fd' }] },
  {
    kind: 'object',
    name: 'SocketAddress',
    base: [{ name: 'type', type: 'SocketType' }],
    members: [],
    tag: 'type',
    branches: [{ value: 'inet', type: 'InetAddress' }],
  },
  {
    kind: 'object',
    name: 'InetAddress',
    members: [
      { name: 'host', type: 'str' },
      { name: 'port', type: 'str' },
    ],
  },
  {
    kind: 'object',
    name: 'StatusInfo',
    members: [
      { name: 'running', type: 'bool' },
      { name: 'status', type: 'Driver' },
      { name: 'spice', type: 'str', condition: 'CONFIG_SPICE' },
    ],
  },
];
export const model: QapiModel = new QapiModel(definitions);

function optional(name: string, type: MemberDefinition['type']): MemberDefinition {
  return { name, type, optional: true };
}
