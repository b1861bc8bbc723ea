import type { HostFiles } from './host-files.ts';

/** A page cannot write files. */
export const platformFiles: HostFiles = {
  writeFile: () => Promise.reject(new Error('a page has no files; give FakeQemu some that it can write')),
};
