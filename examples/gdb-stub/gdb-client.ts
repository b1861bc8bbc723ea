import {
  AsyncProtocol,
  type CallOptions,
  Deadline,
  DisconnectedError,
  nobodyMustCatch,
  ProtocolError,
  type ProtocolOptions,
  type SessionEnd,
} from '@qmp/protocol';
import { type Command, CommandLine } from './command-line.ts';
import { CommandInterruptedError, GdbError } from './gdb-error.ts';
import { fromHexadecimal, toHexadecimal } from './hexadecimal.ts';
import { PacketCodec } from './packet-codec.ts';
import { PacketLink } from './packet-link.ts';
import { parseStopReply, type StopReply } from './stop-reply.ts';
import { includesIn, readRegisters, type Register, type Registers, registersIn } from './target-description.ts';
import type { IncomingMessage, OutgoingMessage } from './wire-message.ts';

/** The least that every stub takes, in bytes. */
const SMALLEST_PACKET = 512;
/** More than the letters, digits and commas around the data of a command. */
const ENVELOPE = 64;

/** How a {@link GdbClient} is made. */
export interface GdbClientOptions extends ProtocolOptions {
  /** Told of each stop of the target, also of those that no command of this client has caused. */
  readonly onStop?: ((stop: StopReply) => void) | undefined;
}

/**
 * A debugger's end of GDB's remote serial protocol, for the stub that QEMU opens with `-gdb`: registers and memory of the
 * machine, and its run control.
 *
 * Commands are carried out one after the other; while the machine runs they wait until it stops. Connecting stops it.
 */
export class GdbClient extends AsyncProtocol<IncomingMessage, OutgoingMessage> {
  readonly #onStop: (stop: StopReply) => void;
  #link = this.#newLink();
  #commands = this.#newCommandLine();
  #features: ReadonlyMap<string, string> = new Map();
  #registers: readonly Register[] | undefined;
  /** Set once the target is no more. */
  #targetEnd: StopReply | undefined;

  constructor(options: GdbClientOptions = {}) {
    super(() => new PacketCodec(), options);
    this.#onStop = options.onStop ?? (() => {});
  }

  /** All registers of the first processor. */
  readRegisters(options: CallOptions = {}): Promise<Registers> {
    return nobodyMustCatch(async () => {
      this.#registers ??= await this.#readLayout('target.xml', options);
      return readRegisters(this.#registers, await this.#execute('g', options));
    });
  }

  /** Memory as the first processor sees it. @throws GdbError where there is none. */
  readMemory(address: bigint, length: number, options: CallOptions = {}): Promise<Uint8Array> {
    return nobodyMustCatch(async () => {
      const memory = new Uint8Array(length);
      for (let offset = 0; offset < length;) {
        const count = Math.min(length - offset, this.#dataBytes);
        const digits = await this.#execute(`m${at(address, offset)},${count.toString(16)}`, options);
        const piece = fromHexadecimal(digits);
        if (piece.length === 0 || piece.length > count)
          throw new ProtocolError(`Asked for ${count} bytes, got ${piece.length}`);
        memory.set(piece, offset);
        offset += piece.length;
      }
      return memory;
    });
  }

  /** @throws GdbError where there is no memory. */
  writeMemory(address: bigint, bytes: Uint8Array, options: CallOptions = {}): Promise<void> {
    return nobodyMustCatch(async () => {
      for (let offset = 0; offset < bytes.length; offset += this.#dataBytes) {
        const piece = bytes.subarray(offset, offset + this.#dataBytes);
        await this.#execute(`M${at(address, offset)},${piece.length.toString(16)}:${toHexadecimal(piece)}`, options);
      }
    });
  }

  /** Executes one instruction. */
  step(options: CallOptions = {}): Promise<StopReply> {
    return nobodyMustCatch(() => this.#resume('s', options));
  }

  /** Lets the machine run; resolves when it stops again. */
  continue(options: CallOptions = {}): Promise<StopReply> {
    return nobodyMustCatch(() => this.#resume('c', options));
  }

  /** Asks the machine that {@link continue} let run to stop; the stop is told there. */
  interrupt(): void {
    void this.send({ kind: 'interrupt' });
  }

  protected override async establishSession(): Promise<void> {
    this.#link = this.#newLink();
    this.#commands = this.#newCommandLine();
    this.#registers = undefined;
    this.#targetEnd = undefined;
    this.#features = parseFeatures(await this.#introduce('qSupported:qXfer:features:read+'));
    if (this.#features.get('QStartNoAckMode') === '+' && (await this.#introduce('QStartNoAckMode')) === 'OK') {
      this.#link.trust();
    }
    await super.establishSession();
  }

  protected override onMessage(message: IncomingMessage): void {
    const payload = this.#link.take(message);
    if (payload === undefined) return;
    const stop = parseStopReply(payload);
    if (stop !== undefined) this.#tell(stop);
    const isReply = this.#commands.settle(payload);
    if (!isReply && stop === undefined) this.log.warn(() => `dropped a packet that nobody asked for: ${payload}`);
  }

  /** A stub hangs up once its target is no more. */
  protected override isExpectedEnd(): boolean {
    return this.#targetEnd !== undefined;
  }

  protected override onSessionEnd(end: SessionEnd): void {
    this.#commands.end(end);
  }

  #tell(stop: StopReply): void {
    if (stop.kind !== 'signal') this.#targetEnd = stop;
    try {
      this.#onStop(stop);
    } catch (error) {
      this.log.failed('onStop', error);
    }
  }

  /** How much data fits into one command or reply, where each byte takes two digits. */
  get #dataBytes(): number {
    const packetSize = Number.parseInt(this.#features.get('PacketSize') ?? '', 16);
    return Math.floor((Math.max(packetSize || 0, SMALLEST_PACKET) - ENVELOPE) / 2);
  }

  /** A command that is made while nobody else takes what arrives. */
  async #introduce(payload: string): Promise<string> {
    const command = this.#commands.submit(payload);
    while (command.outcome.state === 'pending') this.onMessage(await this.receive(`the reply to ${payload}`));
    return replyOf(command, await command.outcome.promise);
  }

  async #execute(payload: string, options: CallOptions): Promise<string> {
    this.requireState('running');
    const commands = this.#commands;
    let command: Command | undefined;
    const deadline = new Deadline(
      options,
      () => `the reply to ${nameOf(payload)}`,
      (reason) => command !== undefined && commands.giveUp(command, reason),
    );
    try {
      command = commands.submit(payload);
      return replyOf(command, await command.outcome.promise);
    } finally {
      deadline.dispose();
    }
  }

  async #resume(payload: string, options: CallOptions): Promise<StopReply> {
    const reply = await this.#execute(payload, options);
    const stop = parseStopReply(reply);
    if (stop === undefined) throw new ProtocolError(`Expected why the target stopped, found '${reply}'`);
    return stop;
  }

  /** The registers that a document of the target description lists, with what it includes. */
  async #readLayout(document: string, options: CallOptions): Promise<readonly Register[]> {
    const text = await this.#readDocument(document, options);
    const registers = [...registersIn(text)];
    for (const included of includesIn(text)) registers.push(...(await this.#readLayout(included, options)));
    return registers;
  }

  async #readDocument(document: string, options: CallOptions): Promise<string> {
    const size = this.#dataBytes.toString(16);
    let text = '';
    for (;;) {
      const range = `${text.length.toString(16)},${size}`;
      const reply = await this.#execute(`qXfer:features:read:${document}:${range}`, options);
      text += reply.slice(1);
      if (reply.startsWith('l')) return text;
      if (!reply.startsWith('m') || reply.length === 1) throw new ProtocolError(`Expected a part of ${document}`);
    }
  }

  #newLink(): PacketLink {
    return new PacketLink((message) => void this.send(message));
  }

  #newCommandLine(): CommandLine {
    return new CommandLine((payload) => this.#link.send(payload));
  }
}

/** @throws GdbError or CommandInterruptedError where it is no success. */
function replyOf({ payload }: Command, outcome: string | SessionEnd): string {
  const name = nameOf(payload);
  if (typeof outcome !== 'string') {
    const why = `${name}: the session ended before the reply came`;
    throw new CommandInterruptedError(why, { cause: causeOf(outcome) });
  }
  if (outcome === '') throw new GdbError(`${name}: the stub does not know this command`);
  if (/^E[0-9a-fA-F]{2}$/.test(outcome)) throw new GdbError(`${name}: the stub answers with error ${outcome.slice(1)}`);
  return outcome;
}

/** The command without its data. */
function nameOf(payload: string): string {
  return payload.split(':', 4).join(':').slice(0, 60);
}

function causeOf(end: SessionEnd): unknown {
  if (end.kind === 'disconnected') return new DisconnectedError('The session ended as it was asked to');
  return end.kind === 'lost' ? end.error : end.reason;
}

/** What the stub can do, from its reply to `qSupported`: `PacketSize=1000;qXfer:features:read+`. */
function parseFeatures(reply: string): ReadonlyMap<string, string> {
  const features = Array.from(reply.matchAll(/([^;=]+?)(?:=([^;]*)|([+-]))(?:;|$)/g));
  return new Map(features.map(([, name = '', value, support]) => [name, value ?? support ?? '']));
}

function at(address: bigint, offset: number): string {
  return (address + BigInt(offset)).toString(16);
}
