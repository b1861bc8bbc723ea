import { ConnectError } from '@qmp/protocol';
import { expect } from 'vitest';
import { newClient, rejectionOf, ScriptedServer } from './scripted-server.test-kit.ts';

/** How the attempt fails when the server begins with this. */
export async function failureAfter(
  greet: (server: ScriptedServer) => void | Promise<void>,
  maxMessageBytes?: number,
): Promise<ConnectError> {
  const server = new ScriptedServer();
  const client = newClient({ maxMessageBytes });
  const failure = rejectionOf(client.connect(server.transport), ConnectError);
  await greet(server);
  const error = await failure;
  expect(client.runstate).toBe('idle');
  expect(error.phase).toBe('session');
  return error;
}
