/** @typedef {import('./client.ts').Client} Client */

/**
 * The clients that run in a JavaScript runtime. Each is loaded when it is asked for: a process holds one of them only.
 *
 * @type {ReadonlyMap<string, () => Promise<Client>>}
 */
export const clients = new Map([
  ['qmp', async () => (await import('./qmp-client.mjs')).qmpClient],
  ['floor', async () => (await import('./floor-client.mjs')).floorClient('each')],
  ['batched-floor', async () => (await import('./floor-client.mjs')).floorClient('tick')],
]);
