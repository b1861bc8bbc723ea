import { readIntrospection, validate, validateReturn } from '@qmp/qapi';

/** What people run: a disk image with a file below it, and what they set of it. */
const DISK = {
  driver: 'qcow2',
  'node-name': 'disk0',
  discard: 'unmap',
  cache: { direct: true, 'no-flush': false },
  file: { driver: 'file', filename: '/var/lib/images/disk0.qcow2', aio: 'native' },
};

/**
 * What is done with a schema, as functions that are to be repeated: each throws if its result is not what it should be.
 *
 * @type {ReadonlyMap<string, (reply: import('qmp').JsonValue) => () => void>}
 */
export const jobs = new Map([
  ['read', (reply) => () => expectNone(readIntrospection(reply).commands.size === 0)],
  [
    'validate-command',
    (reply) => {
      const model = readIntrospection(reply);
      return () => expectNone(validate(model, 'blockdev-add', DISK).length > 0);
    },
  ],
  [
    'validate-reply',
    (reply) => {
      const model = readIntrospection(reply);
      return () => expectNone(validateReturn(model, 'query-qmp-schema', reply).length > 0);
    },
  ],
]);

/** @param {boolean} isWrong */
function expectNone(isWrong) {
  if (isWrong) throw new Error('The result is not what it should be');
}
