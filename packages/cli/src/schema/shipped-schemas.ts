import type { QapiModel } from '@qmp/qapi';

import type { Program } from './program.ts';

/** A schema that comes with this program. */
export interface ShippedSchema {
  readonly program: Program;
  /** Such as `11.1`. */
  readonly version: string;
  load(): Promise<QapiModel>;
}

/** All of them, the oldest version first. */
export const shippedSchemas: readonly ShippedSchema[] = [
  shipped('qemu', '7.2', () => import('qmp/schema/qemu-7.2')),
  shipped('storage-daemon', '7.2', () => import('qmp/schema/storage-daemon-7.2')),
  shipped('guest-agent', '7.2', () => import('qmp/schema/guest-agent-7.2')),
  shipped('qemu', '10.0', () => import('qmp/schema/qemu-10.0')),
  shipped('storage-daemon', '10.0', () => import('qmp/schema/storage-daemon-10.0')),
  shipped('guest-agent', '10.0', () => import('qmp/schema/guest-agent-10.0')),
  shipped('qemu', '11.1', () => import('qmp/schema/qemu-11.1')),
  shipped('storage-daemon', '11.1', () => import('qmp/schema/storage-daemon-11.1')),
  shipped('guest-agent', '11.1', () => import('qmp/schema/guest-agent-11.1')),
];

function shipped(
  program: Program,
  version: string,
  load: () => Promise<{ loadModel(): Promise<QapiModel> }>,
): ShippedSchema {
  return { program, version, load: async () => await (await load()).loadModel() };
}

/** What a command line calls a shipped schema: `11.1` or `storage-daemon-11.1`. */
export function wordOf({ program, version }: ShippedSchema): string {
  return program === 'qemu' ? version : `${program}-${version}`;
}

/** A year's first release gets a new number. */
const RELEASES_A_YEAR = 3;

/** The schema of a program whose version is the nearest: the same one, or that of the fewest releases in between. */
export function nearestSchema(program: Program, major: number, minor: number): ShippedSchema {
  const distanceOf = ({ version }: ShippedSchema): number => {
    const [otherMajor = 0, otherMinor = 0] = version.split('.').map(Number);
    return Math.abs((major - otherMajor) * RELEASES_A_YEAR + minor - otherMinor);
  };
  return shippedSchemas
    .filter((schema) => schema.program === program)
    .reduce((nearest, schema) => (distanceOf(schema) < distanceOf(nearest) ? schema : nearest));
}
