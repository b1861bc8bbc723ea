import { describeCause, type Listener, type Transport } from '@qmp/protocol';

/** After an accept that failed, as for want of file descriptors. */
const PAUSE_MS = 100;

/** What is done with those who come. */
export interface Reception {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Waited for before the next one is let in. */
  readonly turn: () => Promise<unknown> | undefined;
  readonly onClient: (transport: Transport) => void;
  readonly onFailure: (description: string, error: unknown) => void;
}

/** Lets in whoever comes to a listener, until the signal ends it. Never rejects. */
export async function acceptClients(listener: Listener, reception: Reception): Promise<void> {
  const { signal, turn, onClient, onFailure } = reception;
  while (!signal.aborted) {
    await turn();
    try {
      onClient(await listener.accept({ signal }));
    } catch (error) {
      if (signal.aborted) return;
      onFailure(`a client was lost at ${listener.description}: ${describeCause(error)}`, error);
      await pause(signal);
    }
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PAUSE_MS);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
