import type { Definition } from '../model/definition.ts';

/** A schema with one of everything that is printed in a way of its own. */
export const sample: readonly Definition[] = [
  { kind: 'enum', name: 'Colour', module: 'paper', values: [{ name: 'red' }, { name: 'green', since: '2.0' }] },
  {
    kind: 'enum',
    name: 'Level',
    module: 'paper',
    since: '1.0',
    values: [
      { name: 'low' },
      { name: 'high', features: [{ name: 'deprecated' }] },
      { name: 'x-dry', condition: 'DRY' },
    ],
  },
  {
    kind: 'object',
    name: 'String',
    module: 'paper',
    members: [{ name: 'str', type: 'str' }],
  },
  { kind: 'object', name: 'Nothing', module: 'paper', members: [] },
  {
    kind: 'object',
    name: 'Tray',
    module: 'paper',
    since: '1.0',
    members: [
      { name: 'id', type: 'str' },
      { name: 'sheets', type: 'uint16', optional: true, features: [{ name: 'unstable' }] },
    ],
  },
  {
    kind: 'object',
    name: 'ColourTray',
    module: 'paper',
    condition: { all: ['CONFIG_COLOUR', { any: ['HAVE_RED', { not: 'MONOCHROME' }] }] },
    members: [
      { name: 'ink', type: ['Colour'], since: '1.5' },
      { name: 'serial-number', type: 'size', optional: true, features: [{ name: 'deprecated' }] },
    ],
    base: 'Tray',
  },
  { kind: 'alternate', name: 'TrayRef', module: 'paper', alternatives: [{ type: 'Job' }, { type: 'str' }] },
  { kind: 'enum', name: 'JobKind', module: 'job', values: [{ name: 'copy' }, { name: 'scan-all' }, { name: 'idle' }] },
  {
    kind: 'object',
    name: 'Job',
    module: 'job',
    base: [
      { name: 'kind', type: 'JobKind' },
      { name: 'id', type: 'str' },
    ],
    members: [],
    tag: 'kind',
    branches: [
      { value: 'copy', type: 'JobCopy' },
      { value: 'scan-all', type: 'Tray', condition: 'CONFIG_SCAN' },
    ],
  },
  {
    kind: 'object',
    name: 'JobCopy',
    module: 'job',
    since: '1.1',
    members: [
      { name: 'copies', type: 'int' },
      { name: 'from', type: 'TrayRef', optional: true },
    ],
  },
  { kind: 'enum', name: 'OuterKind', module: 'job', values: [{ name: 'job' }, { name: 'text' }] },
  {
    kind: 'object',
    name: 'Outer',
    module: 'job',
    base: [{ name: 'type', type: 'OuterKind' }],
    members: [],
    tag: 'type',
    branches: [
      { value: 'job', type: 'Job' },
      { value: 'text', type: 'String' },
    ],
  },
  {
    kind: 'command',
    name: 'print',
    module: 'job',
    since: '1.0',
    features: [{ name: 'fast-path' }, { name: 'unstable' }],
    allowOob: true,
    allowPreconfig: true,
    arguments: [
      { name: 'tray', type: 'TrayRef' },
      { name: 'level', type: 'Level', optional: true },
      { name: 'x-size', type: 'number', optional: true },
    ],
    returns: 'Job',
  },
  { kind: 'command', name: 'outer_add', module: 'job', arguments: 'Outer', features: [{ name: 'deprecated' }] },
  { kind: 'command', name: 'query-trays', module: 'job', returns: ['ColourTray'] },
  { kind: 'command', name: 'tray-add', module: 'job', arguments: [{ name: 'name', type: 'String' }], open: true },
  { kind: 'command', name: 'reset', module: 'job', arguments: 'Nothing', silent: true },
  { kind: 'command', name: 'get', module: 'job', arguments: [{ name: 'path', type: 'str' }], returns: 'any' },
  { kind: 'event', name: 'JOB_DONE', module: 'job', data: [{ name: 'level', type: 'Level' }] },
  { kind: 'event', name: 'JOB_CHANGED', module: 'job', data: 'Job' },
  { kind: 'event', name: 'PAPER_OUT', module: 'paper' },
  { kind: 'object', name: 'CommandLineOnly', module: 'paper', members: [{ name: 'a', type: 'bool' }] },
];
