import type { HostFiles } from './host-files.ts';

/** Files that are nowhere but in memory: for a test that looks at them, and where there is no file system. */
export class MemoryFiles implements HostFiles {
  readonly #files = new Map<string, Uint8Array>();

  /** What was written to a path last, if anything was. */
  get(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  writeFile(path: string, data: Uint8Array): Promise<void> {
    this.#files.set(path, data.slice());
    return Promise.resolve();
  }
}
