import { DeserializationError, describeMessage, EndOfStreamError, ignore, UnexpectedTypeError } from '@qmp/protocol';
import type { JsonObject } from '@qmp/protocol/codecs';
import { BadReplyError } from '../errors/command-errors.ts';
import { GreetingError, NegotiationError } from '../errors/session-errors.ts';
import { parseErrorInfo } from '../messages/error-reply.ts';
import { type Greeting, parseGreeting } from '../messages/greeting.ts';
import { guessServer } from '../messages/impostor.ts';

/**
 * A silent server is asked something after this time: a guest agent or an HTTP server gives itself away by its answer.
 */
const PROBE_AFTER_MS = 1_000;

/** A QMP server queues the probe and answers it after its greeting; that reply is dropped. */
const PROBE: JsonObject = { execute: 'query-version', id: 'probe' };

const SILENCE =
  'a QMP greeting (the server accepts connections but says nothing: ' +
  'another client may hold this monitor, or QEMU is stopped, or it is no QMP server)';

/** What a handshake needs of its client. */
export interface HandshakePeer {
  receive(waitingFor: string): Promise<JsonObject>;
  /** Delivers the message if it is an event, as they are delivered at any other time. */
  takesEvent(message: JsonObject): boolean;
  send(message: JsonObject): void | Promise<void>;
}

/**
 * Waits for the server's greeting.
 *
 * @throws GreetingError when the server says something else, naming what it looks like; EndOfStreamError when it hangs
 * up.
 */
export async function receiveGreeting(peer: HandshakePeer): Promise<Greeting> {
  // Where it cannot be sent, what keeps it from that ends the wait for the greeting, too.
  const probe = setTimeout(() => void sendTo(peer, PROBE).catch(ignore), PROBE_AFTER_MS);
  try {
    for (;;) {
      const message = await peer.receive(SILENCE);
      if (!peer.takesEvent(message)) return parseGreeting(message);
    }
  } catch (error) {
    if (error instanceof DeserializationError || error instanceof UnexpectedTypeError) throw noGreeting(error);
    if (!(error instanceof EndOfStreamError)) throw error;
    throw new EndOfStreamError(`${error.message}; expected a QMP greeting`, { cause: error });
  } finally {
    clearTimeout(probe);
  }
}

/**
 * Enables capabilities, and with that all commands (QMP specification, "Capabilities Negotiation").
 *
 * @throws NegotiationError with the server's class and text when it refuses.
 */
export async function negotiate(peer: HandshakePeer, id: number, capabilities: readonly string[]): Promise<void> {
  const enable = capabilities.length === 0 ? undefined : { enable: capabilities };
  const sent: NamedCommand = { execute: 'qmp_capabilities', arguments: enable, id };
  const reply = await askPeer(peer, sent);
  const { error } = reply;
  if (error === undefined && reply['return'] !== undefined) return;
  if (error === undefined) {
    throw new BadReplyError('qmp_capabilities', 'it has neither return nor error', { sent, received: reply });
  }
  const info = parseErrorInfo(reply);
  throw new NegotiationError(info?.class ?? 'GenericError', info?.desc ?? describeMessage(error));
}

/** A command as it is sent. */
export interface NamedCommand extends JsonObject {
  readonly execute: string;
  readonly id: number;
}

/** The reply to a command, while there is nobody else to reply to. */
export async function askPeer(peer: HandshakePeer, command: NamedCommand): Promise<JsonObject> {
  await peer.send(command);
  for (;;) {
    const reply = await peer.receive(`the reply to ${command.execute}`);
    if (peer.takesEvent(reply)) continue;
    // An error without an id can only be about this command: nothing else is under way.
    if (reply['id'] === command.id || (reply['error'] !== undefined && reply['id'] === undefined)) return reply;
  }
}

/** Whether a reply answers the probe, which nobody waits for. */
export function isProbeReply(reply: JsonObject): boolean {
  return reply['id'] === PROBE['id'];
}

async function sendTo(peer: HandshakePeer, message: JsonObject): Promise<void> {
  await peer.send(message);
}

function noGreeting(cause: DeserializationError | UnexpectedTypeError): GreetingError {
  const text = cause instanceof DeserializationError ? cause.raw : describeMessage(cause.value);
  const server = guessServer(text);
  const verdict = server === undefined ? cause.message : `it looks like ${server}`;
  return new GreetingError(`Expected a QMP greeting, got ${JSON.stringify(text.slice(0, 80))}: ${verdict}`, { cause });
}
