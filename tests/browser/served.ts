import { type QapiSchema, type Qemu, QmpClient, type QmpConnectOptions } from 'qmp';
import { onTestFinished } from 'vitest';
import { commands } from 'vitest/browser';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Starts the QEMU with this path behind a relay; gives the relay's URL. */
    serveQemu(qemu: string): Promise<string>;
    /** Starts the guest agent with this path behind a relay; gives the relay's URL. */
    serveGuestAgent(guestAgent: string): Promise<string>;
    /** Kills what is behind the URL; the relay stays. */
    kill(url: string): Promise<void>;
    /** Ends all that is behind the URL, and the relay. */
    release(url: string): Promise<void>;
  }
}

/** The URL of a QEMU that is gone at the end of the test. */
export async function serveQemu({ qemu }: { readonly qemu: string }): Promise<string> {
  const url = await commands.serveQemu(qemu);
  onTestFinished(async () => await commands.release(url));
  return url;
}

/** The URL of a guest agent that is gone at the end of the test. */
export async function serveGuestAgent({ guestAgent }: { readonly guestAgent: string }): Promise<string> {
  const url = await commands.serveGuestAgent(guestAgent);
  onTestFinished(async () => await commands.release(url));
  return url;
}

/** A client of what has only just been started; it is gone at the end of the test. */
export async function connect<S extends QapiSchema = Qemu>(
  url: string,
  options: QmpConnectOptions = {},
): Promise<QmpClient<S>> {
  const client = new QmpClient<S>(options);
  onTestFinished(() => client.abort());
  await client.connect(url, { retry: true, ...options });
  return client;
}
