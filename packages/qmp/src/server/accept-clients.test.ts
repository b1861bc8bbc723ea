import type { Listener, Transport } from '@qmp/protocol';
import { transportPair } from '@qmp/protocol/testing';
import { expect, it, vi } from 'vitest';

import { newServer } from './server.test-kit.ts';

/** A listener whose peers, and failures, come as a test says. */
class ScriptedListener implements Listener {
  readonly description = 'scripted';
  isClosed = false;
  readonly #script: (Transport | Error)[];

  constructor(...script: readonly (Transport | Error)[]) {
    this.#script = [...script];
  }

  accept({ signal }: { readonly signal: AbortSignal }): Promise<Transport> {
    const next = this.#script.shift();
    if (next instanceof Error) return Promise.reject(next);
    if (next !== undefined) return Promise.resolve(next);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

function connectorTo(listener: Listener | Promise<Listener>): { dial: never; listen: () => Promise<Listener> } {
  return { dial: undefined as never, listen: () => Promise.resolve(listener) };
}

it('a client that is lost on its way in is reported, and the next one is served', async () => {
  const error = vi.fn<(message: string, details?: object) => void>();
  const [, far] = transportPair();
  const fault = new Error('EMFILE');
  const listener = new ScriptedListener(fault, far);
  const server = newServer({
    connector: connectorTo(listener),
    logger: { ...console, debug() {}, info() {}, error },
  });
  expect(await server.listen('anywhere')).toBe('scripted');
  await vi.waitFor(() => expect(server.clients.size).toBe(1));
  expect(error.mock.calls).toEqual([['QmpServer: a client was lost at scripted: EMFILE', { error: fault }]]);
  await server.close();
  expect(listener.isClosed).toBe(true);
});

it('a server that is closed while a fault is waited out is closed at once', async () => {
  const server = newServer({ connector: connectorTo(new ScriptedListener(new Error('EMFILE'))) });
  await server.listen('anywhere');
  await server.close();
  expect(server.clients.size).toBe(0);
});

it('a listener that opens when the server is closed already is closed, too', async () => {
  const listener = new ScriptedListener();
  let open: (opened: Listener) => void = () => {};
  const opening = new Promise<Listener>((resolve) => {
    open = resolve;
  });
  const server = newServer({ connector: connectorTo(opening) });
  const listening = server.listen('anywhere');
  await server.close();
  open(listener);
  await expect(listening).rejects.toThrow('The server has been closed');
  expect(listener.isClosed).toBe(true);
});

it('a logger that throws harms nobody', async () => {
  const logger = {
    ...console,
    debug() {},
    info() {},
    error: () => {
      throw new Error('the disk is full');
    },
  };
  const [, far] = transportPair();
  const server = newServer({ connector: connectorTo(new ScriptedListener(new Error('EMFILE'), far)), logger });
  await server.listen('anywhere');
  await vi.waitFor(() => expect(server.clients.size).toBe(1));
});
