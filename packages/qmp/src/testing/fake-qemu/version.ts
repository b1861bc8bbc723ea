import type { VersionInfo } from '../../schema/qapi-schema.ts';

/** What a fake QEMU gives out as its version: that of the QEMU that it takes after, and in the package that it is none. */
export const FAKE_VERSION: VersionInfo = { qemu: { micro: 0, minor: 1, major: 11 }, package: 'FakeQemu' };
