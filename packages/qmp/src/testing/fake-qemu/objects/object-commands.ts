import type { IOThreadInfo, Memdev } from '../../../schema/types/qemu-11.1.gen.ts';
import type { Handlers } from '../handlers.ts';
import type { ObjectTable, UserObject } from './object-table.ts';

/** Making and deleting objects, and asking for threads and memory. */
export function objectCommands(objects: ObjectTable): Handlers {
  return {
    'object-add': (options) => objects.add(options),
    'object-del': ({ id }) => objects.delete(id),
    'query-iothreads': () => objects.all.filter(({ type }) => type === 'iothread').map(describeThread),
    'query-memdev': () => objects.all.filter(({ type }) => type.startsWith('memory-backend-')).map(describeMemory),
  };
}

function describeThread({ id, properties }: UserObject, index: number): IOThreadInfo {
  const number = (name: string): number => Number(properties.get(name));
  return {
    id,
    'thread-id': FIRST_THREAD + index,
    'poll-max-ns': number('poll-max-ns'),
    'poll-grow': number('poll-grow'),
    'poll-shrink': number('poll-shrink'),
    'poll-weight': number('poll-weight'),
    'aio-max-batch': number('aio-max-batch'),
  };
}

const FIRST_THREAD = 20_000;

function describeMemory({ id, properties }: UserObject): Memdev {
  return {
    id,
    size: Number(properties.get('size') ?? 0),
    merge: properties.get('merge') !== false,
    dump: properties.get('dump') !== false,
    prealloc: properties.get('prealloc') === true,
    share: properties.get('share') === true,
    reserve: properties.get('reserve') !== false,
    'host-nodes': [],
    policy: 'default',
  };
}
