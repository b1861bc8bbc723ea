import type { InstalledQemu } from './installed.mjs';

/** How `installQemu` goes about it. */
export interface InstallOptions {
  /** Replaces what is installed already. */
  readonly force?: boolean | undefined;
  /** Stops the work and removes what it left. */
  readonly signal?: AbortSignal | undefined;
  /** Is told, one line at a time, what is going on. */
  readonly report?: ((line: string) => void) | undefined;
}

/**
 * Brings QEMU versions from Debian's packages into the cache folder, without root and without
 * touching the system. Versions that are there already cost nothing. Several processes may do so at
 * the same time; an installation appears in one piece or not at all.
 *
 * @throws RangeError for a version that is not known; nothing is installed then
 * @throws Error that says which version could not be had, and why
 */
export declare function installQemu(
  versions: readonly string[],
  options?: InstallOptions,
): Promise<InstalledQemu[]>;
