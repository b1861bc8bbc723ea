import type { JsonValue } from '@qmp/protocol/codecs';

import type { Handlers } from '../handlers.ts';
import { propertyOf, type QomTree, setProperty } from './qom-tree.ts';

/** Looking around in QEMU's tree of objects. */
export function qomCommands(tree: QomTree): Handlers {
  return {
    'qom-list'({ path }) {
      const { children, properties } = tree.find(path);
      return [
        { name: 'type', type: 'string' },
        ...[...children].map(([name, type]) => ({ name, type: `child<${type}>` })),
        ...[...properties].map(([name, value]) => ({ name, type: typeOf(value) })),
      ];
    },
    'qom-get': ({ path, property }) => propertyOf(tree.find(path), property),
    'qom-set': ({ path, property, value }) => setProperty(tree.find(path), property, value),
  };
}

function typeOf(value: JsonValue): string {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : 'int';
}
