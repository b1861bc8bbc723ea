/**
 * The files of the host.
 *
 * @module
 */
export { writeFile } from 'node:fs/promises';
