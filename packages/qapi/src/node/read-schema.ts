import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type QapiModel, SchemaError, type SchemaOptions, parseSchema } from '../index.ts';

const schemaName = 'qapi-schema.json';

/**
 * Reads the schema of a QEMU from its source tree. Use it for a QEMU of your own; without a file system there is
 * `parseSchema`.
 *
 * ```ts
 * const qemu = await readSchema('/src/qemu');
 * const guestAgent = await readSchema('/src/qemu/qga');
 * ```
 *
 * @param path a schema file, or a folder that holds `qapi-schema.json` or `qapi/qapi-schema.json`
 * @throws SchemaError for whatever QEMU's own generator rejects, and for files that cannot be read
 */
export async function readSchema(path: string, options: SchemaOptions = {}): Promise<QapiModel> {
  // Windows takes both kinds of slashes.
  return parseSchema(readText, (await findEntry(path)).replaceAll('\\', '/'), options);
}

async function findEntry(path: string): Promise<string> {
  const folder = path.replace(/[\\/]+$/, '');
  const candidates = [path, `${folder}/${schemaName}`, `${folder}/qapi/${schemaName}`];
  for (const candidate of candidates) {
    if (await isFile(candidate)) return candidate;
  }
  throw new SchemaError(`"${path}" is no schema file, and no folder with ${schemaName} or qapi/${schemaName} in it`);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Undefined where there is no such file. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw new SchemaError(`it cannot be read (${code})`, { file: path, cause: error });
  }
}
