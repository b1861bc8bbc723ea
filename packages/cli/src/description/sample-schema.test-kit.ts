import { parseSchema, type QapiModel } from '@qmp/qapi';

const SOURCE = `
{ 'pragma': { 'command-returns-exceptions': [ 'disk-any' ] } }
{ 'enum': 'DiskDriver',
  'data': [ 'file', 'zeroes', { 'name': 'tape', 'if': 'CONFIG_TAPE' }, { 'name': 'drum', 'features': [ 'deprecated' ] } ] }
{ 'enum': 'Letter',
  'data': [ ${Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `'${letter}'`).join(', ')} ] }
{ 'struct': 'Cache', 'data': { 'size': 'size', '*letters': [ 'Letter' ] } }
{ 'struct': 'FileDisk', 'data': { 'filename': 'str', '*backing': 'DiskOrName' } }
{ 'struct': 'ReelDisk',
  'data': { 'reels': 'uint8', '*spares': { 'type': 'uint8', 'if': { 'all': [ 'CONFIG_A', { 'not': 'CONFIG_B' } ] } } } }
{ 'union': 'Disk',
  'base': { 'driver': 'DiskDriver', '*cache': 'Cache' },
  'discriminator': 'driver',
  'data': { 'file': 'FileDisk', 'tape': { 'type': 'ReelDisk', 'if': 'CONFIG_TAPE' }, 'drum': 'ReelDisk' } }
{ 'alternate': 'DiskOrName', 'data': { 'definition': 'Disk', 'name': 'str' } }
{ 'struct': 'Nothing', 'data': {} }

##
# @disk-add:
#
# Since: 2.9
##
{ 'command': 'disk-add', 'data': 'Disk', 'boxed': true, 'returns': [ 'Cache' ], 'allow-oob': true }
##
# @disk-move:
#
# @id: which one
#
# @x-fast: (since 9.2)
#
# Features:
#
# @deprecated: it is
#
# @by-id: it is
#
# @unstable: x-fast is
##
{ 'command': 'disk-move',
  'data': { 'id': 'str', '*x-fast': { 'type': 'bool', 'features': [ 'unstable' ] } },
  'features': [ 'deprecated', 'by-id' ] }
{ 'command': 'disk-any', 'data': { 'driver': 'str' }, 'gen': false, 'returns': 'int', 'allow-preconfig': true }
{ 'command': 'leave', 'success-response': false, 'returns': 'Nothing' }
{ 'event': 'DISK_GONE', 'data': { 'disk': 'DiskOrName' } }
{ 'event': 'TICK' }
`;

/** A schema with one of everything. */
export const sampleSchema: QapiModel = parseSchema({ 'sample.json': SOURCE }, 'sample.json');
