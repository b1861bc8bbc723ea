import type { QapiModel } from '@qmp/qapi';

import type { Program } from './program.ts';

/** A schema that comes with this program. */
export interface ShippedSchema {
  readonly program: Program;
  /** Such as `11.1`. */
  readonly version: string;
  load(): Promise<QapiModel>;
}

type Loader = () => Promise<{ loadModel(): Promise<QapiModel> }>;

const LOADERS: readonly (readonly [version: string, { readonly [P in Program]: Loader }])[] = [
  [
    '7.2',
    {
      qemu: () => import('qmp/schema/qemu-7.2'),
      'storage-daemon': () => import('qmp/schema/storage-daemon-7.2'),
      'guest-agent': () => import('qmp/schema/guest-agent-7.2'),
    },
  ],
  [
    '10.0',
    {
      qemu: () => import('qmp/schema/qemu-10.0'),
      'storage-daemon': () => import('qmp/schema/storage-daemon-10.0'),
      'guest-agent': () => import('qmp/schema/guest-agent-10.0'),
    },
  ],
  [
    '11.1',
    {
      qemu: () => import('qmp/schema/qemu-11.1'),
      'storage-daemon': () => import('qmp/schema/storage-daemon-11.1'),
      'guest-agent': () => import('qmp/schema/guest-agent-11.1'),
    },
  ],
];

/** All of them, the oldest version first. */
export const shippedSchemas: readonly ShippedSchema[] = LOADERS.flatMap(([version, loaders]) =>
  Object.entries(loaders).map(([program, load]) => ({
    program: program as Program,
    version,
    load: async () => await (await load()).loadModel(),
  })),
);

/** What a command line calls a shipped schema: `11.1` or `storage-daemon-11.1`. */
export function wordOf({ program, version }: ShippedSchema): string {
  return program === 'qemu' ? version : `${program}-${version}`;
}

/** The schema of a program whose version is the nearest: the same one, or else that of the fewest releases in between. */
export function nearestSchema(program: Program, major: number, minor: number): ShippedSchema | undefined {
  const distanceOf = ({ version }: ShippedSchema): number => {
    const [otherMajor = 0, otherMinor = 0] = version.split('.').map(Number);
    return Math.abs((major - otherMajor) * RELEASES_A_YEAR + minor - otherMinor);
  };
  return shippedSchemas
    .filter((schema) => schema.program === program)
    .sort((one, other) => distanceOf(one) - distanceOf(other))[0];
}

/** A new year's first release gets a new number. */
const RELEASES_A_YEAR = 3;
