/** One QEMU version in the cache folder. All paths are absolute; the programs keep the process id that they are spawned with. */
export interface InstalledQemu {
  /** The version as it is asked for: `10.0`. */
  readonly version: string;
  /** The package it came from: `1:10.0.13+ds-0+deb13u1`. */
  readonly debianVersion: string;
  /** The first line of `qemu-system-x86_64 --version`. */
  readonly reports: string;
  /** Size of the version's folder. */
  readonly bytes: number;
  /** The version's folder. */
  readonly folder: string;
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
