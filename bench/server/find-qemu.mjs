import { installedQemu } from '../../tools/qemu/index.mjs';

/** The version that the rows against a real QEMU are about. */
export const QEMU_VERSION = '11.1';

/** That QEMU, where it is installed. */
export function findQemu() {
  return installedQemu().find(({ version }) => version === QEMU_VERSION);
}
