// @ts-check

/**
 * One place in Debian's archive to look for a version.
 * @typedef {object} DebianSource
 * @property {string} suite where QEMU itself is taken from
 * @property {string} [base] the suite that the rest comes from, where `suite` holds additions only
 */

/**
 * QEMU versions and where Debian keeps them, best place first.
 *
 * 11.1: backports, because its libraries are those of a stable Debian and it follows new QEMU
 * versions weeks after sid. Sid is asked once backports has moved on.
 * @type {Readonly<Record<string, readonly DebianSource[]>>}
 */
const releases = {
  5.2: [{ suite: 'bullseye' }],
  7.2: [{ suite: 'bookworm' }],
  '10.0': [{ suite: 'trixie' }],
  11.1: [{ suite: 'trixie-backports', base: 'trixie' }, { suite: 'sid' }],
};

/** Every version that can be installed, oldest first. */
export const knownVersions = Object.freeze(['5.2', '7.2', '10.0', '11.1']);

/** What an installation without arguments brings, and what all tests have to pass with. */
export const defaultVersions = Object.freeze(['7.2', '10.0', '11.1']);

/**
 * Where to look for a version, best place first.
 * @param {string} version
 * @returns {readonly DebianSource[]}
 * @throws {RangeError} when the version is not one of `knownVersions`
 */
export function sourcesOf(version) {
  const sources = releases[version];
  if (sources === undefined) {
    throw new RangeError(`unknown QEMU version "${version}": expected ${knownVersions.join(', ')}`);
  }
  return sources;
}

/**
 * Whether a Debian version string (`1:10.0.13+ds-0+deb13u1`) is of a QEMU version (`10.0`).
 * @param {string} debianVersion
 * @param {string} version
 * @returns {boolean}
 */
export function isOfVersion(debianVersion, version) {
  const upstream = debianVersion.replace(/^\d+:/, '');
  return upstream.startsWith(version) && /^[.+~-]/.test(upstream.slice(version.length));
}
