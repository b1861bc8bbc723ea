// @ts-check

/**
 * One entry of an archive: a file or a folder.
 * @typedef {object} CpioEntry
 * @property {string} path without a slash at its start
 * @property {'file' | 'folder'} kind what it is
 * @property {Uint8Array | string} [contents] of a file
 */

const modes = { file: 0o100755, folder: 0o040755 };

/**
 * An archive as Linux unpacks it into its first file system: everything belongs to root and is executable.
 * The format is `newc` (Documentation/driver-api/early-userspace/buffer-format.rst).
 * @param {readonly CpioEntry[]} entries folders before what is in them
 * @returns {Buffer}
 */
export function packCpio(entries) {
  const pieces = entries.map((entry, index) => pack(entry, index + 1));
  return Buffer.concat([...pieces, pack({ path: 'TRAILER!!!', kind: 'file' }, 0)]);
}

/**
 * @param {CpioEntry} entry
 * @param {number} inode
 * @returns {Buffer}
 */
function pack({ path, kind, contents = '' }, inode) {
  const body = Buffer.from(contents);
  const name = Buffer.from(`${path}\0`);
  // Owner and group, links, time; behind the size four device numbers; behind the name's length a checksum.
  const fields = [inode, modes[kind], 0, 0, 1, 0, body.length, 0, 0, 0, 0, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([padded(Buffer.concat([header, name])), padded(body)]);
}

/**
 * @param {Buffer} bytes
 * @returns {Buffer} with NULs up to a multiple of four bytes
 */
function padded(bytes) {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
