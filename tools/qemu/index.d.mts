/** One QEMU version in the cache folder. All paths are absolute; a program keeps the process id that it is spawned with. */
export interface InstalledQemu {
  /** The version as it is asked for: `10.0`. */
  readonly version: string;
  /** The package it came from: `1:10.0.13+ds-0+deb13u1`. */
  readonly debianVersion: string;
  /** The first line of `qemu-system-x86_64 --version`. */
  readonly reports: string;
  /** Size of the version's folder. */
  readonly bytes: number;
  /** Path of `qemu-system-x86_64`. */
  readonly qemu: string;
  /** Path of `qemu-storage-daemon`. */
  readonly storageDaemon: string;
  /** Path of `qemu-ga`. */
  readonly guestAgent: string;
  /** Path of `qemu-img`. */
  readonly img: string;
}

/**
 * The QEMU versions that stand in the cache folder, oldest first. Use it to choose what a test can
 * run against; `installQemu` brings what is missing. Reads small files only, starts nothing.
 */
export declare function installedQemu(): InstalledQemu[];

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
 * @returns what was asked for, in that order, each version once
 * @throws RangeError for a version that is not known; nothing is installed then
 * @throws Error that says which version could not be had, and why
 */
export declare function installQemu(versions: readonly string[], options?: InstallOptions): Promise<InstalledQemu[]>;
