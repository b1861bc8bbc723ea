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

/** What there is of the schemas of one QEMU version. All paths are absolute. */
export interface SchemaSource {
  /** `10.0` */
  readonly version: string;
  /** Holds `qapi`, `qga` and `storage-daemon`, as QEMU's source does. */
  readonly folder?: string;
  /** Holds QEMU's own tests of its schema parser: `NAME.json` with `NAME.err`. */
  readonly tests?: string;
  /** Holds what a real QEMU of that version says of itself, recorded. */
  readonly live?: string;
  /** Why `folder` or `tests` is missing, where one is. */
  readonly reason?: string;
}

/**
 * The schemas of the QEMU versions that tests are for: from `$QEMU_SCHEMAS`, a folder with one folder per version, and
 * from the cache folder. Reads small files only.
 */
export declare function findSchemaSources(): SchemaSource[];

/**
 * Brings what is missing of them from Debian's source packages into the cache folder: 40 MB and some seconds per version.
 * What cannot be had is left out, with its reason, and asked for again after a day.
 */
export declare function fetchSchemaSources(
  options?: Pick<InstallOptions, 'signal' | 'report'>,
): Promise<SchemaSource[]>;
