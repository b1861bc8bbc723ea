import { findPython } from '../measure/find-python.mjs';
import { canPin } from '../measure/pinned.mjs';
import { buildNative } from '../native/build-native.mjs';
import { findQemu, QEMU_VERSION } from '../server/find-qemu.mjs';

/**
 * What this machine lacks, and what is left out for it: a sentence each.
 *
 * @returns {readonly string[]}
 */
export function findNotices() {
  const notices = [];
  if (buildNative('server') === undefined) {
    notices.push('No C compiler (cc): the server is a slower one, in JavaScript, and there are no figures for C.');
  }
  if (findPython() === undefined) {
    notices.push('python3 cannot import qemu.qmp 0.0.6 or later: there are no figures for Python.');
  }
  if (findQemu() === undefined) {
    notices.push(
      `QEMU ${QEMU_VERSION} is not installed (node tools/install-qemu.mjs ${QEMU_VERSION} brings it): its row is left out.`,
    );
  }
  if (!canPin) notices.push('Processes cannot be bound to a processor (taskset): the figures scatter more.');
  return notices;
}
