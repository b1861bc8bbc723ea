import { QmpServer } from 'qmp/server';

/**
 * `QmpServer` as users get it, but for out-of-band execution, which the floor does not know.
 *
 * @param {string} path
 * @param {Readonly<Record<string, () => unknown>>} handlers
 */
export async function startQmpServer(path, handlers) {
  const server = new QmpServer({ oob: false, handlers });
  await server.listen(path);
}
