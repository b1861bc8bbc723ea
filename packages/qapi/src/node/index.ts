/**
 * Schemas from files: what of QAPI needs Node, Bun or Deno.
 *
 * @module
 */
export { readSchema } from './read-schema.ts';
