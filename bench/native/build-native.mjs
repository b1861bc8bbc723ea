import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/qmp-bench', import.meta.url));

/** The C files of each program. */
const PROGRAMS = {
  server: ['server.c', 'content.c', 'message.c', 'buffer.c'],
  client: ['client.c', 'buffer.c'],
};

/**
 * Compiles a program where its sources have changed.
 *
 * @param {keyof typeof PROGRAMS} name
 * @returns {string | undefined} its path; nothing where there is no C compiler, or no Linux
 * @throws Error when it does not compile, with what the compiler says
 */
export function buildNative(name) {
  if (process.platform !== 'linux') return undefined;
  const hash = createHash('sha256');
  for (const file of readdirSync(SOURCES).filter((entry) => /\.[ch]$/.test(entry))) {
    hash.update(readFileSync(join(SOURCES, file)));
  }
  const program = join(CACHE, `${name}-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const files = PROGRAMS[name].map((file) => join(SOURCES, file));
  try {
    execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-o', unfinished, ...files], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
  renameSync(unfinished, program);
  return program;
}
