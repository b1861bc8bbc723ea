import type { QapiModel } from '@qmp/qapi';

import type { VersionInfo } from '../../schema/qapi-schema.ts';

/** Where nothing tells which: the one that this server takes after. */
const FALLBACK: VersionInfo['qemu'] = { micro: 0, minor: 1, major: 11 };

/** From this one on QEMU says where parse errors are. */
const FIRST_WITH_POSITIONS = { major: 11, minor: 1 };

/** What a server gives out as its version: what it was told, or that of its model, as QEMU orders it. */
export function serverVersion(version: VersionInfo | undefined, model: QapiModel | undefined): VersionInfo {
  const { micro, minor, major } = version?.qemu ?? newestVersion(model) ?? FALLBACK;
  return { qemu: { micro, minor, major }, package: version?.package ?? '' };
}

/** Whether a version of QEMU says where parse errors are. */
export function tellsPositions({ qemu: { major, minor } }: VersionInfo): boolean {
  if (major !== FIRST_WITH_POSITIONS.major) return major > FIRST_WITH_POSITIONS.major;
  return minor >= FIRST_WITH_POSITIONS.minor;
}

/** The version that brought what is newest in a model. Introspection does not tell. */
function newestVersion(model: QapiModel | undefined): VersionInfo['qemu'] | undefined {
  let newest: VersionInfo['qemu'] | undefined;
  for (const { since } of model?.definitions ?? []) {
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(since ?? '') ?? [];
    if (major === undefined) continue;
    const version = { micro: 0, minor: Number(minor), major: Number(major) };
    const isNewer =
      newest === undefined ||
      version.major > newest.major ||
      (version.major === newest.major && version.minor > newest.minor);
    if (isNewer) newest = version;
  }
  return newest;
}
