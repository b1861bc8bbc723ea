import { stat } from 'node:fs/promises';

import type { Target } from '../arguments/take-address.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Environment } from '../terminal/terminal.ts';
import { type ShippedSchema, shippedSchemas, wordOf } from './shipped-schemas.ts';

/** Where a schema can be read. */
export type SchemaSource =
  | { readonly kind: 'shipped'; readonly schema: ShippedSchema }
  | { readonly kind: 'tree'; readonly path: string }
  | { readonly kind: 'live'; readonly target: Pick<Target, 'address' | 'source'> };

const VERSION = /^(?:[a-z]+-)*\d+(?:\.\d+)+$/;
/** What no version, no command, no event and no type has. */
const PATH_OR_ADDRESS = /[/:\\]|^\.\.?$/;
const ADDRESS_KIND = /^[a-z]{2,}:/i;

/**
 * Takes the word for a schema off the words of a command: the first if it can be one; `$QMP_SOCKET` otherwise.
 *
 * @throws UsageError when there is neither.
 */
export async function takeSource(
  words: readonly string[],
  env: Environment,
): Promise<{ readonly source: SchemaSource; readonly words: readonly string[] }> {
  const [first, ...rest] = words;
  if (first !== undefined && (VERSION.test(first) || PATH_OR_ADDRESS.test(first))) {
    return { source: await chooseSource(first), words: rest };
  }
  const address = env['QMP_SOCKET'];
  if (address !== undefined && address !== '') {
    return { source: { kind: 'live', target: { address, source: 'QMP_SOCKET' } }, words };
  }
  const fault = first === undefined ? 'The schema is missing' : `${JSON.stringify(first)} is no source of a schema`;
  throw new UsageError(`${fault}; expected ${EXPECTED} first, or an address in QMP_SOCKET`);
}

/**
 * What a word means: a version whose schema is shipped, QEMU's source, or a QEMU that runs.
 *
 * @throws UsageError for a word that is none of them.
 */
export async function chooseSource(word: string): Promise<SchemaSource> {
  const schema = shippedSchemas.find((shipped) => wordOf(shipped) === word.replace(/^qemu-/, ''));
  if (schema !== undefined) return { kind: 'shipped', schema };
  if (VERSION.test(word)) throw unknownVersion(word);
  if (!PATH_OR_ADDRESS.test(word)) {
    throw new UsageError(`${JSON.stringify(word)} is no source of a schema; expected ${EXPECTED}`);
  }
  if (!ADDRESS_KIND.test(word)) {
    const kind = await kindOf(word);
    if (kind === 'tree') return { kind, path: word };
    if (kind === 'missing' && !word.includes(':')) {
      throw new UsageError(
        `There is no ${word}; expected the folder of QEMU's source, or the socket of a running QEMU`,
      );
    }
  }
  return { kind: 'live', target: { address: word, source: 'command line' } };
}

const VERSIONS = shippedSchemas.filter(({ program }) => program === 'qemu').map(wordOf);
const EXPECTED = `a version (${VERSIONS.join(', ')}), the address of a running QEMU such as /run/vm.sock, or the folder of QEMU's source such as ./qemu`;

function unknownVersion(word: string): UsageError {
  const words = shippedSchemas.map(wordOf).join(', ');
  return new UsageError(
    `There is no schema of ${word} here; expected one of ${words}, the address of one that runs, or the folder of its source`,
  );
}

async function kindOf(path: string): Promise<'tree' | 'missing' | 'other'> {
  try {
    const found = await stat(path);
    return found.isFile() || found.isDirectory() ? 'tree' : 'other';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'other';
  }
}
