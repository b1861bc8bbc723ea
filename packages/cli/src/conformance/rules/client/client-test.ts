import type { Deadline } from '../../deadline.ts';
import type { ClientDriver } from '../../driver/client-driver.ts';
import type { Task } from '../../driver/task.ts';
import type { Rule } from '../../rule.ts';
import { Violation } from '../../verdict.ts';
import { greeting, returns } from '../../wire/replies.ts';
import type { ScriptedConnection } from '../../wire/scripted-connection.ts';
import type { ScriptedServer, SocketKind } from '../../wire/scripted-server.ts';

/** A rule for clients. */
export interface ClientRule extends Rule<ClientTest> {
  /** What the server listens at; a UNIX socket unless told otherwise. */
  readonly socket?: SocketKind;
}

/** What a rule for clients has in its hands: the client, and a server that does as it is told. */
export class ClientTest {
  readonly client: ClientDriver;
  readonly #server: ScriptedServer;
  readonly #deadline: Deadline;

  constructor(client: ClientDriver, server: ScriptedServer, deadline: Deadline) {
    this.client = client;
    this.#server = server;
    this.#deadline = deadline;
  }

  /** The connection of a client that has been told to connect. */
  async connection(connecting: Task): Promise<ScriptedConnection> {
    return await connecting.leadsTo(this.#server.connection(this.#deadline));
  }

  /** Connects the client and goes through the negotiation, as QEMU does it. */
  async establish(capabilities?: string): Promise<ScriptedConnection> {
    const connecting = this.client.connect();
    const connection = await this.connection(connecting);
    connection.send(greeting(capabilities));
    await acceptNegotiation(connection, connecting);
    await connecting.value();
    return connection;
  }
}

/** Takes the negotiation of a client that is connecting, and agrees to what it wants. */
export async function acceptNegotiation(connection: ScriptedConnection, connecting: Task): Promise<void> {
  const command = await connecting.leadsTo(connection.command());
  expectSame('the first command', command.name, 'qmp_capabilities');
  connection.send(returns(command));
}

/** @throws Violation when they are not the same; `what` begins the sentence. */
export function expectSame(what: string, got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Violation(`${what} is ${String(got)} instead of ${String(wanted)}`);
}

/** @throws Violation with the sentence unless it holds. */
export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Violation(otherwise);
}
