/** The files of the host, as far as a fake QEMU writes any: pictures of its screen. */
export interface HostFiles {
  /** Writes a whole file. It rejects with the system's error: `ENOENT`, `EACCES`. */
  writeFile(path: string, data: Uint8Array): Promise<void>;
}
