import type { QapiModel } from '@qmp/qapi';

import { type Program, programTitle } from './program.ts';

/** A schema, and whose it is. */
export interface LoadedSchema {
  readonly model: QapiModel;
  /** Undefined where it is none that we know. */
  readonly program: Program | undefined;
  /** Such as `11.1.3`. */
  readonly version: string | undefined;
  /** The address or the path that it is from. */
  readonly place: string | undefined;
}

/** A schema as a sentence names it: `QEMU 11.1.3 at /run/vm.sock`. */
export function schemaTitle({ program, version, place }: LoadedSchema): string {
  const title = programTitle(program, version);
  return place === undefined ? title : `${title} at ${place}`;
}
