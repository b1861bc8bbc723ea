/** How servers that are not QMP introduce themselves. */
const IMPOSTORS: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/|^<!doctype|^<html/i, 'an HTTP server'],
  [/^QEMU [\d.]+ monitor|\(qemu\)/, "QEMU's human monitor (HMP); ask QEMU for a QMP monitor with -qmp"],
  [/^SSH-/, 'an SSH server'],
  [/^RFB \d/, 'a VNC server'],
];

/** What a server that greeted with this text looks like, where it is known. */
export function guessServer(text: string): string | undefined {
  return IMPOSTORS.find(([pattern]) => pattern.test(text))?.[1];
}
