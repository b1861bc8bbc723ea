// @ts-check

/**
 * A program whose schema is shipped.
 *
 * @typedef {object} Program
 * @property {import('@qmp/qapi').Manual} name as it stands in file names, and its manual
 * @property {string} title as one writes it
 * @property {string} schema what its schema's interface is called
 * @property {string} entry the file of QEMU's source that its schema begins with
 */

/** @type {readonly Program[]} */
export const programs = [
  { name: 'qemu', title: 'QEMU', schema: 'Qemu', entry: 'qapi/qapi-schema.json' },
  {
    name: 'storage-daemon',
    title: "QEMU's storage daemon",
    schema: 'StorageDaemon',
    entry: 'storage-daemon/qapi/qapi-schema.json',
  },
  { name: 'guest-agent', title: "QEMU's guest agent", schema: 'GuestAgent', entry: 'qga/qapi-schema.json' },
];

/** The QEMU versions whose schemas are shipped. */
export const versions = ['7.2', '10.0', '11.1'];

/** The one that QEMU's manual describes. */
export const newestVersion = '11.1';
