const defaults = /** @type {const} */ ({
  kind: 'commands',
  peer: 'server',
  inFlight: 1,
  eventsBy: 'streams',
  command: 'query-version',
  nodeOptions: [],
});

/** It takes the optimizing compilers about as long to be done with all that has a part in it. */
const flood = /** @type {const} */ ({ kind: 'events', operations: 600_000, warmUpOperations: 600_000 });

/**
 * With room for few young objects. What they may take grows with the garbage that connecting makes, by up to 48 MB, and
 * that is not what a connection keeps.
 */
const SMALL_NURSERY = ['--expose-gc', '--max-semi-space-size=1'];

/**
 * Sized so that a run takes about a second with the floor on the machine that the first table comes from.
 *
 * @type {readonly import('./workload.ts').Workload[]}
 */
export const workloads = [
  { ...defaults, name: 'sequence', operations: 40_000, warmUpOperations: 10_000 },
  { ...defaults, name: 'in-flight-256', operations: 200_000, warmUpOperations: 50_000, inFlight: 256 },
  { ...defaults, name: 'in-flight-4096', operations: 200_000, warmUpOperations: 50_000, inFlight: 4_096 },
  { ...defaults, name: 'qemu-sequence', operations: 4_000, warmUpOperations: 4_000, peer: 'qemu' },
  { ...defaults, name: 'events', ...flood },
  { ...defaults, name: 'events-heard', ...flood, eventsBy: 'listeners' },
  { ...defaults, name: 'reply-256k', operations: 200, warmUpOperations: 40, command: 'x-bench-256k' },
  { ...defaults, name: 'reply-256k-exact', operations: 200, warmUpOperations: 40, command: 'x-bench-256k-exact' },
  { ...defaults, name: 'reply-16m', operations: 4, warmUpOperations: 1, command: 'x-bench-16m' },
  { ...defaults, name: 'connect', operations: 2_000, warmUpOperations: 500, kind: 'connect' },
  { ...defaults, name: 'idle', operations: 1_000, warmUpOperations: 1_000, kind: 'idle', nodeOptions: SMALL_NURSERY },
  { ...defaults, name: 'unread', operations: 2_000_000, warmUpOperations: 0, kind: 'unread' },
];
