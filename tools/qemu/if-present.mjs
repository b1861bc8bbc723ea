// @ts-check

/**
 * Reads what need not be there.
 * @template T
 * @param {() => T} read
 * @returns {T | undefined} undefined where there is no such file or folder
 */
export function ifPresent(read) {
  try {
    return read();
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
