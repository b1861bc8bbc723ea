import { type SessionEnd } from '@qmp/protocol';
import { Deferred } from '@qmp/protocol/wait';
import { isStopReply } from './stop-reply.ts';

/** A command that waits for its reply, or for its turn. */
export interface Command {
  readonly payload: string;
  /** The payload of its reply, or how the session ended first. */
  readonly outcome: Deferred<string | SessionEnd>;
}

/** The target runs until it stops; only then do these get their reply. */
const RESUMING = ['c', 's'];
/** What a running target may say in between. */
const CONSOLE_OUTPUT = /^O[0-9a-fA-F]/;

/** The commands of one session: the protocol knows one at a time, so the others stand in line. */
export class CommandLine {
  readonly #send: (payload: string) => void;
  /** The first one has been sent. */
  readonly #commands: Command[] = [];

  constructor(send: (payload: string) => void) {
    this.#send = send;
  }

  /** Sends a command when its turn comes. */
  submit(payload: string): Command {
    const command: Command = { payload, outcome: new Deferred() };
    this.#commands.push(command);
    if (this.#commands.length === 1) this.#send(payload);
    return command;
  }

  /** Nobody waits for the command any more. One that has been sent keeps its place: its reply is still to come. */
  giveUp(command: Command, reason: unknown): void {
    command.outcome.reject(reason);
    const place = this.#commands.indexOf(command);
    if (place > 0) this.#commands.splice(place, 1);
  }

  /** @returns whether it was the reply to a command. Stop replies may come without one. */
  settle(payload: string): boolean {
    const [command, next] = this.#commands;
    if (command === undefined) return false;
    const isOther = RESUMING.includes(command.payload) ? CONSOLE_OUTPUT.test(payload) : isStopReply(payload);
    if (isOther) return false;
    this.#commands.shift();
    command.outcome.resolve(payload);
    if (next !== undefined) this.#send(next.payload);
    return true;
  }

  /** The session is over: no reply will come. */
  end(end: SessionEnd): void {
    for (const command of this.#commands.splice(0)) command.outcome.resolve(end);
  }
}
