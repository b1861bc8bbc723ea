/** What the C library calls the errors that writing a file meets. */
const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  EPERM: 'Operation not permitted',
  EROFS: 'Read-only file system',
};

/** An error of the system in the words that QEMU would have for it. */
export function describeSystemError(error: unknown): string {
  const { code = '' } = error as { readonly code?: unknown };
  const sentence = typeof code === 'string' ? SENTENCES[code] : undefined;
  return sentence ?? (error instanceof Error ? error.message : String(error));
}
