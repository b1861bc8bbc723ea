/** A program that speaks by a schema of its own. */
export type Program = 'qemu' | 'storage-daemon' | 'guest-agent';

/** What each program is called in a sentence. */
const TITLES: { readonly [P in Program]: string } = {
  qemu: 'QEMU',
  'storage-daemon': "QEMU's storage daemon",
  'guest-agent': "QEMU's guest agent",
};

/** The program that has such commands: each has some that no other has. */
export function programWith(hasCommand: (name: string) => boolean): Program | undefined {
  if (hasCommand('query-status')) return 'qemu';
  if (hasCommand('guest-ping')) return 'guest-agent';
  return hasCommand('query-qmp-schema') ? 'storage-daemon' : undefined;
}

/** A program as a sentence names it, with its version where that is known. */
export function programTitle(program: Program | undefined, version: string | undefined): string {
  const title = program === undefined ? 'an unknown program' : TITLES[program];
  return version === undefined ? title : `${title} ${version}`;
}
