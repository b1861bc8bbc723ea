import process from 'node:process';

/** What runs the tests. A test skips what it cannot do, by name and with the reason. */
export const runtime: 'Node' | 'Bun' | 'Deno' =
  'bun' in process.versions ? 'Bun' : 'deno' in process.versions ? 'Deno' : 'Node';
