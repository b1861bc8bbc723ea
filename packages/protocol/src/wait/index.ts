/**
 * Waits that end, and promises that nobody has to catch: what protocols, transports and clients are made of.
 *
 * @module
 */
export { checkMilliseconds, Deadline } from './deadline.ts';
export { Deferred, ignore } from './deferred.ts';
export { nobodyMustCatch } from './nobody-must-catch.ts';
