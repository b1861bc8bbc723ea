import { type Definition, QapiModel, readIntrospection } from '@qmp/qapi';
import { expect, it } from 'vitest';

import { introspect } from './introspect.ts';

const DEFINITIONS: readonly Definition[] = [
  {
    kind: 'command',
    name: 'add',
    arguments: 'Options',
    returns: ['Thing'],
    features: [{ name: 'deprecated' }],
    allowOob: true,
  },
  {
    kind: 'event',
    name: 'DONE',
    data: [
      { name: 'size', type: 'uint64' },
      { name: 'speed', type: 'number' },
    ],
  },
  { kind: 'enum', name: 'Kind', values: [{ name: 'file', features: [{ name: 'unstable' }] }, { name: 'none' }] },
  {
    kind: 'object',
    name: 'Options',
    members: [
      { name: 'kind', type: 'Kind' },
      { name: 'nested', type: 'Ref', optional: true, features: [{ name: 'x' }] },
    ],
    tag: 'kind',
    branches: [{ value: 'file', type: 'File' }],
  },
  {
    kind: 'object',
    name: 'File',
    members: [
      { name: 'path', type: 'str' },
      { name: 'sizes', type: ['size'] },
    ],
  },
  {
    kind: 'alternate',
    name: 'Ref',
    alternatives: [
      { name: 's', type: 'str' },
      { name: 'o', type: 'Options' },
    ],
  },
  {
    kind: 'object',
    name: 'Thing',
    members: [
      { name: 'any', type: 'any' },
      { name: 'on', type: 'bool' },
    ],
    features: [{ name: 'f' }],
  },
];

it('is what QEMU says of the same schema', () => {
  expect(introspect(new QapiModel(DEFINITIONS))).toEqual([
    {
      name: 'add',
      'meta-type': 'command',
      'arg-type': '0',
      'ret-type': '[1]',
      'allow-oob': true,
      features: ['deprecated'],
    },
    { name: 'DONE', 'meta-type': 'event', 'arg-type': '2' },
    {
      name: '0',
      'meta-type': 'object',
      members: [
        { name: 'kind', type: '3' },
        { name: 'nested', type: '4', default: null, features: ['x'] },
      ],
      tag: 'kind',
      variants: [
        { case: 'file', type: '5' },
        { case: 'none', type: '6' },
      ],
    },
    {
      name: '1',
      'meta-type': 'object',
      members: [
        { name: 'any', type: 'any' },
        { name: 'on', type: 'bool' },
      ],
      features: ['f'],
    },
    { name: '[1]', 'meta-type': 'array', 'element-type': '1' },
    {
      name: '2',
      'meta-type': 'object',
      members: [
        { name: 'size', type: 'int' },
        { name: 'speed', type: 'number' },
      ],
    },
    {
      name: '3',
      'meta-type': 'enum',
      members: [{ name: 'file', features: ['unstable'] }, { name: 'none' }],
      values: ['file', 'none'],
    },
    { name: '4', 'meta-type': 'alternate', members: [{ type: 'str' }, { type: '0' }] },
    {
      name: '5',
      'meta-type': 'object',
      members: [
        { name: 'path', type: 'str' },
        { name: 'sizes', type: '[int]' },
      ],
    },
    { name: '6', 'meta-type': 'object', members: [] },
    { name: 'any', 'meta-type': 'builtin', 'json-type': 'value' },
    { name: 'bool', 'meta-type': 'builtin', 'json-type': 'boolean' },
    { name: 'int', 'meta-type': 'builtin', 'json-type': 'int' },
    { name: 'number', 'meta-type': 'builtin', 'json-type': 'number' },
    { name: 'str', 'meta-type': 'builtin', 'json-type': 'string' },
    { name: '[int]', 'meta-type': 'array', 'element-type': 'int' },
  ]);
});

it('can be read back', () => {
  const model = new QapiModel(DEFINITIONS);
  const [read, again] = [introspect(model), introspect(readIntrospection(introspect(model)))].map((reply) =>
    readIntrospection(JSON.parse(JSON.stringify(reply))),
  );
  expect(read?.definitions).toEqual(again?.definitions);
  expect(read?.command('add')?.argument('path')?.type).toMatchObject({ name: 'str' });
});
