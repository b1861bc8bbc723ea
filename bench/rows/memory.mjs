/** @typedef {import('../workloads/workload.ts').Measurement} Measurement */

/**
 * What one operation leaves in memory: of the process, and of its JavaScript heap.
 *
 * @param {Measurement} measurement
 * @returns {import('./row.ts').Sample}
 */
export function memoryOf({ operations, memoryBytes = NaN, heapBytes = NaN }) {
  return { value: memoryBytes / operations, aside: heapBytes / operations };
}

/**
 * @param {Measurement} measurement
 * @returns {import('./row.ts').Sample}
 * @throws Error when no loss was counted
 */
export function unreadGrowth({ operations, memoryBytes = NaN, lostEvents = 0 }) {
  if (lostEvents === 0) throw new Error(`${operations} unread events, and none of them counted as lost`);
  return { value: memoryBytes };
}
