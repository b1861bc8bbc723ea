// @ts-check

/** @typedef {{ readonly loadModel: () => Promise<import('@qmp/qapi').QapiModel> }} Schema */

/**
 * The schema of a program as `qmp` ships it.
 *
 * @param {import('./programs.mjs').Program} program
 * @param {string} version
 * @returns {Promise<import('@qmp/qapi').QapiModel>}
 */
export async function shippedModel({ name }, version) {
  const { loadModel } = /** @type {Schema} */ (await import(`qmp/schema/${name}-${version}`));
  return await loadModel();
}
