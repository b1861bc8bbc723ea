import type { Transport } from '@qmp/protocol';

/** How long one side may take to hang up when the other has. */
const GRACE_MS = 1_000;

/** Carries bytes between two links until one side hangs up or breaks, and then ends both. Never throws. */
export async function relay(one: Transport, other: Transport, signal: AbortSignal): Promise<void> {
  const abort = (): void => {
    one.abort(signal.reason);
    other.abort(signal.reason);
  };
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  await Promise.all([carry(one, other), carry(other, one)]);
  signal.removeEventListener('abort', abort);
}

async function carry(from: Transport, to: Transport): Promise<void> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  try {
    for await (const chunk of from.readable) await to.write(chunk);
    patience = setTimeout(() => to.abort(), GRACE_MS);
    await to.close();
  } catch (error) {
    from.abort(error);
    to.abort(error);
  } finally {
    clearTimeout(patience);
  }
}
