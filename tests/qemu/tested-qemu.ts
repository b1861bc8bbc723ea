/** One QEMU version that tests run against, with the programs of it that are there. */
export interface TestedQemu {
  /** `10.0` */
  readonly version: string;
  /** The first number of the version, for what differs between versions. */
  readonly major: number;
  /** Path or name of `qemu-system-x86_64`. */
  readonly qemu?: string | undefined;
  /** Path or name of `qemu-storage-daemon`. */
  readonly storageDaemon?: string | undefined;
  /** Path or name of `qemu-ga`. */
  readonly guestAgent?: string | undefined;
}

/** One of the programs that tests start. */
export type QemuProgram = 'qemu' | 'storageDaemon' | 'guestAgent';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly testedQemu: readonly TestedQemu[];
  }
}
