// @ts-check

/**
 * The schema of a program as `qmp` ships it.
 *
 * @param {import('./programs.mjs').Program} program
 * @param {string} version
 * @returns {Promise<import('@qmp/qapi').QapiModel>}
 */
export async function shippedModel({ name }, version) {
  /** @type {{ readonly loadModel: () => Promise<import('@qmp/qapi').QapiModel> }} */
  const schema = await import(`qmp/schema/${name}-${version}`);
  return await schema.loadModel();
}
