import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

import type { Deadline } from '../../deadline.ts';
import type { Rule } from '../../rule.ts';
import { NotApplicable, Violation } from '../../verdict.ts';
import { canonicalJson } from '../../wire/canonical-json.ts';
import { memberOf, RawSession } from '../../wire/raw-session.ts';

/** A rule for servers. */
export type ServerRule = Rule<ServerTest>;

/** What a rule for servers has in its hands: as many connections to the server as it likes, one after the other. */
export class ServerTest {
  readonly #address: string;
  readonly #deadline: Deadline;
  #session: RawSession | undefined;

  constructor(address: string, deadline: Deadline) {
    this.#address = address;
    this.#deadline = deadline;
  }

  /** A new connection; the one before is closed, because QEMU serves one at a time. */
  async connect(): Promise<RawSession> {
    await this.close();
    this.#session = await RawSession.open(this.#address, this.#deadline);
    return this.#session;
  }

  /** A new connection that is ready for commands. */
  async negotiated(enable?: readonly string[]): Promise<RawSession> {
    const session = await this.connect();
    await session.negotiate(enable);
    return session;
  }

  /** A new connection with out-of-band enabled. */
  async outOfBand(): Promise<RawSession> {
    const offered = memberOf((await (await this.connect()).message())['QMP'], 'capabilities');
    const offers = Array.isArray(offered) && offered.includes('oob');
    if (!offers) throw new NotApplicable('the server does not offer out-of-band execution');
    return await this.negotiated(['oob']);
  }

  async close(): Promise<void> {
    await this.#session?.close();
  }
}

/** @throws NotApplicable unless the server has these commands. */
export async function needCommands(session: RawSession, ...names: readonly string[]): Promise<void> {
  const list = (await session.ask('{"execute": "query-commands"}'))['return'];
  const known = new Set(Array.isArray(list) ? list.map((item: JsonValue) => memberOf(item, 'name')) : []);
  const missing = names.find((name) => !known.has(name));
  if (missing !== undefined) throw new NotApplicable(`the server has no ${missing}`);
}

/** @throws Violation unless it is an error of that class, with a text, and with that id (`undefined`: with none). */
export function expectError(reply: JsonObject, errorClass: string, id: JsonValue | undefined): void {
  const error = reply['error'];
  const hasForm = memberOf(error, 'class') === errorClass && typeof memberOf(error, 'desc') === 'string';
  const sameId =
    canonicalJson(reply['id'] ?? null) === canonicalJson(id ?? null) && 'id' in reply === (id !== undefined);
  if (hasForm && sameId && !('return' in reply)) return;
  const wanted = `an error of class ${errorClass} ${id === undefined ? 'without an id' : `with the id ${stringifyJson(id)}`}`;
  throw new Violation(`expected ${wanted} instead of ${stringifyJson(reply).slice(0, 200)}`);
}

/** @throws Violation unless it returns that, with that id. */
export function expectReturn(reply: JsonObject, value: JsonValue, id: JsonValue): void {
  const wanted = canonicalJson({ return: value, id });
  const got = canonicalJson(reply);
  if (got !== wanted) throw new Violation(`expected ${wanted.slice(0, 200)} instead of ${got.slice(0, 200)}`);
}

/** @throws Violation unless it returns something, with that id. */
export function expectAnswer(reply: JsonObject, id: JsonValue): void {
  expectReturn(reply, reply['return'] ?? null, id);
  if (!('return' in reply)) throw new Violation(`${stringifyJson(reply)} returns nothing`);
}
