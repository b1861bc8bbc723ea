import { connect, type Socket } from 'node:net';
import { type JsonObject, JsonStreamCodec, type JsonValue, parseJson, stringifyJson } from '@qmp/protocol/codecs';

import { inProcessAdapter, ServerRefusal, type Wish } from './in-process-adapter.test-kit.ts';
import type { StartAdapter } from './driver/adapter-link.ts';

interface Pending {
  readonly wish: Wish;
  readonly id: JsonValue;
  readonly resolve: (value: JsonValue) => void;
  readonly reject: (error: Error) => void;
}

type Phase = 'idle' | 'greeting' | 'negotiation' | 'running' | 'over';

/** A plain client, written without ours; told the name of a rule it breaks it, in the way that such clients do. */
export function brokenClient(broken?: string): StartAdapter {
  return inProcessAdapter((address, tell) => {
    const client = new BrokenClient(address, broken, tell);
    return { carryOut: (wish) => client.carryOut(wish), close: () => client.close() };
  });
}

class BrokenClient {
  readonly #address: string;
  readonly #broken: string | undefined;
  readonly #tell: (event: JsonObject) => void;
  readonly #waiting: Pending[] = [];
  #pending: Pending[] = [];
  #socket: Socket | undefined;
  #codec = new JsonStreamCodec();
  #bytes = Buffer.alloc(0);
  #phase: Phase = 'idle';
  #connected: Omit<Pending, 'id' | 'wish'> | undefined;
  #hasOob = false;
  #ids = 0;
  #events = 0;

  constructor(address: string, broken: string | undefined, tell: (event: JsonObject) => void) {
    this.#address = address;
    this.#broken = broken;
    this.#tell = tell;
  }

  carryOut(wish: Wish): Promise<JsonValue> {
    if (wish.do === 'connect') return this.#connect(wish);
    return wish.do === 'execute' ? this.#execute(wish) : this.#disconnect();
  }

  close(): void {
    this.#socket?.destroy();
  }

  #breaks(...rules: readonly string[]): boolean {
    return this.#broken !== undefined && rules.includes(this.#broken);
  }

  #connect({ timeoutMs }: Wish): Promise<JsonValue> {
    const [, host, port] = /^([^/]+):(\d+)$/.exec(this.#address) ?? [];
    const socket = port === undefined ? connect(this.#address) : connect(Number(port), host);
    this.#socket = socket;
    this.#phase = 'greeting';
    if (!this.#breaks('second-session')) this.#codec = new JsonStreamCodec();
    const isCurrent = (): boolean => this.#socket === socket;
    socket.on('data', (chunk) => isCurrent() && this.#read(chunk));
    socket.on('end', () => isCurrent() && this.#end('the server has hung up'));
    socket.on('error', () => isCurrent() && this.#end('reset'));
    if (timeoutMs !== undefined && !this.#breaks('silent-server')) {
      setTimeout(() => this.#end('no greeting'), timeoutMs);
    }
    return new Promise((resolve, reject) => {
      this.#connected = { resolve, reject };
    });
  }

  #disconnect(): Promise<JsonValue> {
    if (this.#breaks('disconnect')) return new Promise(() => undefined);
    this.#socket?.end();
    this.#end('disconnected');
    this.#phase = 'idle';
    return Promise.resolve(null);
  }

  #execute(wish: Wish): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      if (this.#phase === 'over' && !this.#breaks('command-after-the-end')) throw new Error('the session is over');
      this.#ids += 1;
      const id = this.#breaks('different-ids') ? 'same' : `${this.#ids}`;
      const pending = { wish, id, resolve, reject };
      const isEarly = this.#phase !== 'running' && !this.#breaks('silence-before-negotiation');
      const isFull = this.#hasOob && this.#pending.length >= 8 && !this.#breaks('not-more-than-eight');
      if (isEarly || (isFull && wish.oob !== true)) this.#waiting.push(pending);
      else this.#send(pending);
    });
  }

  #send(pending: Pending): void {
    const { wish, id } = pending;
    let args = wish.arguments === undefined ? '' : `,"arguments":${wish.argumentsText}`;
    if (/\\ud83db/.test(args) && !this.#breaks('ill-formed-text')) {
      pending.reject(new Error('the text is ill-formed'));
      return;
    }
    if (args === '' && this.#breaks('form-of-commands')) args = ',"arguments":null';
    if (this.#breaks('exact-integers-sent')) args = args.replaceAll(/\d{16,}/g, (digits) => String(Number(digits)));
    if (this.#breaks('text-sent')) args = args.replaceAll(/[^\0-\u007F]/g, '?');
    if (this.#breaks('long-command')) args = args.replaceAll(/x{65536}/g, '');
    const isRefused = wish.oob === true && !this.#hasOob;
    if (isRefused && !this.#breaks('out-of-band-where-it-is-not')) {
      pending.reject(new Error('out-of-band is not enabled'));
      return;
    }
    const isOutOfBand = wish.oob === true && this.#hasOob && !this.#breaks('form-of-out-of-band-commands');
    this.#pending.push(pending);
    this.#socket?.write(
      `{"${isOutOfBand ? 'exec-oob' : 'execute'}":"${wish.command}"${args},"id":${stringifyJson(id)}}`,
    );
    if (wish.timeoutMs === undefined) return;
    setTimeout(() => {
      pending.reject(new Error('no reply in time'));
      this.#pending = this.#pending.filter((other) => other !== pending);
    }, wish.timeoutMs);
  }

  #read(chunk: Buffer): void {
    try {
      for (const message of this.#messagesIn(chunk)) this.#take(message);
    } catch (error) {
      if (this.#breaks('not-a-monitor', 'not-a-number', 'garbage-between-messages', 'not-an-object')) return;
      this.#end(String(error));
    }
  }

  #messagesIn(chunk: Buffer): Iterable<JsonObject> {
    if (this.#breaks('greeting-in-pieces') && this.#phase === 'greeting')
      return [JSON.parse(chunk.toString()) as JsonObject];
    if (this.#breaks('byte-order-mark') && chunk[0] === 0xef) throw new Error('this is no JSON');
    if (this.#breaks('glued-messages')) return [...this.#codec.decode(chunk)].slice(0, 1);
    if (this.#breaks('reply-in-pieces')) return this.#codec.decode(Buffer.from(chunk.toString()));
    if (this.#breaks('pretty-printed', 'reply-of-256-kib', 'reply-of-16-mib')) return this.#linesIn(chunk);
    return this.#codec.decode(chunk);
  }

  #linesIn(chunk: Buffer): JsonObject[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const limit = this.#breaks('reply-of-256-kib') ? 65_536 : 10 * 1024 * 1024;
    if (this.#bytes.length > limit) throw new Error('the line is too long');
    const lines = this.#bytes.toString().split('\n');
    this.#bytes = Buffer.from(lines.pop() ?? '');
    return lines.map((line) => JSON.parse(line) as JsonObject);
  }

  #take(message: JsonObject): void {
    if ('event' in message) this.#takeEvent(message);
    else if (this.#phase === 'greeting') this.#takeGreeting(message);
    else if (this.#phase === 'negotiation') this.#takeNegotiation(message);
    else this.#takeReply(message);
  }

  #takeEvent(message: JsonObject): void {
    const { event, data } = message;
    if (this.#breaks('event-before-greeting', 'event-during-negotiation') && this.#phase !== 'running') {
      throw new Error('this is no greeting, and no reply');
    }
    if (this.#breaks('unknown-event') && !(event === 'STOP' || event === 'RESUME')) throw new Error('unknown event');
    if (this.#breaks('event-before-reply', 'quit') && this.#pending.length > 0) return;
    if (this.#breaks('event-that-looks-like-a-reply') && stringifyJson(message).includes('"return"')) {
      this.#takeReply(data as JsonObject);
      return;
    }
    this.#events += 1;
    if (this.#breaks('many-events') && this.#events > 1_000) return;
    this.#tell(this.#breaks('form-of-events') ? { event } : message);
  }

  #takeGreeting(message: JsonObject): void {
    if (!('QMP' in message)) throw new Error('this is no greeting');
    if (this.#breaks('unknown-members-in-greeting') && Object.keys(message).length > 1)
      throw new Error('what is this?');
    const { capabilities } = message['QMP'] as { readonly capabilities: readonly string[] };
    this.#hasOob = capabilities.includes('oob') || this.#breaks('enables-what-is-offered');
    const enable = this.#breaks('enables-what-is-known') ? capabilities : this.#hasOob ? ['oob'] : [];
    this.#phase = 'negotiation';
    this.#socket?.write(stringifyJson({ execute: 'qmp_capabilities', arguments: { enable } }));
  }

  #takeNegotiation({ error }: JsonObject): void {
    if (error !== undefined) {
      const { desc } = error as { readonly desc: string };
      throw new Error(this.#breaks('refused-negotiation') ? 'no' : desc);
    }
    this.#phase = 'running';
    this.#connected?.resolve(null);
    for (const pending of this.#waiting.splice(0)) this.#send(pending);
  }

  #takeReply(reply: JsonObject): void {
    const { id, error } = reply;
    if (this.#breaks('unknown-members-in-replies') && Object.keys(reply).length > 2) return;
    if (id === undefined && error !== undefined) {
      if (this.#breaks('error-without-id')) return;
      throw new Error('the server could not read what was sent');
    }
    const pending = this.#pendingFor(id);
    if (pending === undefined) return;
    const hasNone = !('return' in reply) && error === undefined;
    if (hasNone && this.#breaks('neither-return-nor-error')) return;
    if (typeof error !== 'object' && error !== undefined && this.#breaks('malformed-error')) return;
    if (this.#breaks('any-return-value') && !reply['return'] && error === undefined) return;
    this.#pending = this.#pending.filter((other) => other !== pending);
    const [next] = this.#pending.length < 8 ? this.#waiting.splice(0, 1) : [];
    if (next !== undefined) this.#send(next);
    if (hasNone || error !== undefined) pending.reject(this.#refusal(error));
    else if (!(this.#breaks('reset-after-quit') && pending.wish.command === 'quit'))
      pending.resolve(this.#valueIn(reply));
  }

  #pendingFor(id: JsonValue | undefined): Pending | undefined {
    if (typeof id === 'object' && this.#breaks('unknown-id-of-any-type')) throw new Error('what an id');
    if (this.#breaks('replies-out-of-order', 'late-reply')) return this.#pending[0];
    if (this.#breaks('many-in-flight')) return this.#pending.at(-1);
    const found = this.#pending.find((pending) => pending.id === id);
    return found === undefined && this.#breaks('unknown-id') ? this.#pending[0] : found;
  }

  #refusal(error: JsonValue | undefined): Error {
    if (typeof error !== 'object' || error === null) return new Error('this is no error');
    const { class: name, desc } = error as { readonly class: string; readonly desc: string };
    const isKnown = ['GenericError', 'CommandNotFound'].includes(name);
    return new ServerRefusal(!isKnown && this.#breaks('error-reply') ? 'GenericError' : name, desc);
  }

  #valueIn(reply: JsonObject): JsonValue {
    let text = stringifyJson(reply['return'] ?? null);
    if (this.#breaks('deep-value') && text.includes('['.repeat(100))) throw new Error('too deep');
    if (this.#breaks('exact-integers-received')) text = text.replaceAll(/\d{16,}/g, (digits) => String(Number(digits)));
    if (this.#breaks('escapes')) text = text.replaceAll('\\u0000', '');
    if (this.#breaks('members-by-any-name')) text = text.replace('"__proto__"', '"proto"');
    return parseJson(text);
  }

  #end(why: string): void {
    const isWaiting = this.#pending.length > 0;
    if (this.#breaks('end-before-greeting', 'end-of-negotiation') && this.#phase !== 'running') return;
    if (this.#breaks('end-while-waiting', 'end-within-a-message', 'reset-while-waiting') && isWaiting) return;
    this.#phase = 'over';
    this.#connected?.reject(new Error(why));
    for (const { wish, reject, resolve } of this.#pending.splice(0)) {
      const isQuit = wish.command === 'quit' && !this.#breaks('quit-without-reply', 'reset-after-quit');
      if (isQuit) resolve({});
      else reject(new Error(why));
    }
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(why));
  }
}
