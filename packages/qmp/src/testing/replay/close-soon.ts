import { ignore, type Transport } from '@qmp/protocol';

const GRACE_MS = 1_000;

/** Flushes a link and ends it, as a server does that goes: a client that does not hang up in turn is not waited for long. */
export function closeSoon(link: Transport): void {
  const timer = setTimeout(() => link.abort(), GRACE_MS);
  link
    .close()
    .catch(ignore)
    .finally(() => clearTimeout(timer));
}
