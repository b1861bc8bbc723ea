import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readSchema } from '@qmp/qapi/node';

import type { LoadOptions } from './load-schema.ts';
import type { LoadedSchema } from './loaded-schema.ts';
import { programWith } from './program.ts';

/** How far below the top of the source a schema is: `storage-daemon/qapi/qapi-schema.json`. */
const WAYS_UP = ['.', '..', '../..', '../../..'];

/** Reads a schema from QEMU's source, and its version from the file beside it. */
export async function readTree(
  path: string,
  { documentation }: Pick<LoadOptions, 'documentation'>,
): Promise<LoadedSchema> {
  const model = await readSchema(path, { documentation });
  return {
    model,
    program: programWith((name) => model.commands.has(name)),
    version: await versionAbove(path),
    place: path,
  };
}

async function versionAbove(path: string): Promise<string | undefined> {
  for (const way of WAYS_UP) {
    const version = await versionIn(join(path, way)).catch(() => undefined);
    if (version !== undefined) return version;
  }
  return undefined;
}

/** The version of the source whose top a folder is; it rejects or gives undefined for all others. */
async function versionIn(folder: string): Promise<string | undefined> {
  await access(join(folder, 'qapi', 'qapi-schema.json'));
  const [version] = /^\d+(?:\.\d+)+/.exec(await readFile(join(folder, 'VERSION'), 'utf8')) ?? [];
  return version;
}
