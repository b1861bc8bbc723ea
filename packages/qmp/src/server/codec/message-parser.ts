import { type Inbound, InboundFault, InboundValue } from './inbound.ts';
import { type Lexer, MAX_TOKEN_BYTES, type TokenKind } from './lexer.ts';
import { readFloat, readInteger } from './read-number.ts';
import { readString } from './string-token.ts';
import { decodeForPeople, decodeUtf8 } from './utf8.ts';
import { WireDouble, type WireValue } from './wire-value.ts';

const MAX_NESTING = 1024;
const MAX_TOKENS = 2 * 1024 * 1024;

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** What may come next. */
type Expectation = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or ]' | ', or }';

/** An array or an object that is not complete. */
type Container =
  | { readonly items: WireValue[] }
  | { readonly items: undefined; readonly members: Record<string, WireValue>; name: string };

/**
 * Puts tokens together to messages as QEMU 11.1 does: it speaks of the first fault where it stands, and then of none
 * until the brackets of that message would be closed.
 */
export class MessageParser {
  readonly #lexer: Lexer;
  readonly #tellsPositions: boolean;
  #containers: Container[] = [];
  #expectation: Expectation = 'value';
  #braces = 0;
  #brackets = 0;
  #tokens = 0;
  #tokenBytes = 0;
  #hasDoubles = false;
  /** Whether the rest of a message that is faulty is being passed over. */
  #isSkipping = false;

  /** @param lexer whose latest token is meant. */
  constructor(lexer: Lexer, tellsPositions: boolean) {
    this.#lexer = lexer;
    this.#tellsPositions = tellsPositions;
  }

  /** Whether what comes next begins a message. */
  get isIdle(): boolean {
    return this.#tokens === 0;
  }

  /** Takes a token; gives what it completes, or what is wrong with it. */
  take(kind: TokenKind): Inbound | undefined {
    if (kind === 'error' || kind === 'excess') {
      const isNews = !this.#isSkipping;
      this.#startAfresh();
      if (!isNews) return undefined;
      return kind === 'excess' ? excess('token size') : this.#fault(`stray '${decodeForPeople(this.#lexer.bytes)}'`);
    }
    this.#count(kind);
    const outcome = this.#isSkipping ? undefined : (this.#excess() ?? this.#accept(kind));
    if (outcome?.kind === 'fault') this.#isSkipping = true;
    if (outcome?.kind === 'value' || (this.#isSkipping && this.#isBalanced)) this.#startAfresh();
    return outcome;
  }

  #startAfresh(): void {
    this.#containers = [];
    this.#expectation = 'value';
    this.#braces = 0;
    this.#brackets = 0;
    this.#tokens = 0;
    this.#tokenBytes = 0;
    this.#hasDoubles = false;
    this.#isSkipping = false;
  }

  #count(kind: TokenKind): void {
    this.#tokens++;
    this.#tokenBytes += this.#lexer.byteLength;
    if (kind === '{') this.#braces++;
    else if (kind === '}') this.#braces--;
    else if (kind === '[') this.#brackets++;
    else if (kind === ']') this.#brackets--;
  }

  get #isBalanced(): boolean {
    if (this.#braces < 0 || this.#brackets < 0) return true;
    return this.#braces === 0 && this.#brackets === 0;
  }

  #excess(): InboundFault | undefined {
    if (this.#tokenBytes > MAX_TOKEN_BYTES) return excess('token size');
    if (this.#tokens > MAX_TOKENS) return excess('token count');
    return this.#braces + this.#brackets > MAX_NESTING ? excess('nesting depth') : undefined;
  }

  #accept(kind: TokenKind): Inbound | undefined {
    switch (this.#expectation) {
      case 'name or }':
        return kind === '}' ? this.#close() : this.#acceptName(kind);
      case 'name':
        return this.#acceptName(kind);
      case ':':
        return kind === ':' ? this.#expect('value') : this.#fault("expecting ':'");
      case ', or }':
        if (kind === '}') return this.#close();
        return kind === ',' ? this.#expect('name') : this.#fault("expected ',' or '}'");
      case ', or ]':
        if (kind === ']') return this.#close();
        return kind === ',' ? this.#expect('value') : this.#fault("expected ',' or ']'");
      case 'value or ]':
        return kind === ']' ? this.#close() : this.#acceptValue(kind);
      case 'value':
        return this.#acceptValue(kind);
    }
  }

  #expect(expectation: Expectation): undefined {
    this.#expectation = expectation;
  }

  #acceptName(kind: TokenKind): InboundFault | undefined {
    if (kind !== 'string') return this.#fault('expecting key');
    const name = this.#readString();
    if (typeof name !== 'string') return name;
    const container = this.#containers.at(-1);
    if (container?.items === undefined && container !== undefined) container.name = name;
    return this.#expect(':');
  }

  #acceptValue(kind: TokenKind): Inbound | undefined {
    switch (kind) {
      case '{':
        this.#containers.push({ items: undefined, members: {}, name: '' });
        return this.#expect('name or }');
      case '[':
        this.#containers.push({ items: [] });
        return this.#expect('value or ]');
      case 'string': {
        const text = this.#readString();
        return typeof text === 'string' ? this.#complete(text) : text;
      }
      case 'integer':
        return this.#completeNumber(readInteger(this.#text));
      case 'float':
        return this.#completeNumber(readFloat(this.#text));
      case 'word': {
        const value = WORDS.get(this.#text);
        return value === undefined ? this.#invalidWord() : this.#complete(value);
      }
      default:
        return this.#fault('expecting value');
    }
  }

  /** The array or object is complete. */
  #close(): Inbound | undefined {
    const container = this.#containers.pop();
    return container === undefined ? undefined : this.#complete(container.items ?? container.members);
  }

  #completeNumber(value: number | bigint | WireDouble): Inbound | undefined {
    if (value instanceof WireDouble) this.#hasDoubles = true;
    return this.#complete(value);
  }

  #complete(value: WireValue): Inbound | undefined {
    const container = this.#containers.at(-1);
    if (container === undefined) {
      return new InboundValue(value, this.#hasDoubles, this.#tokenBytes);
    }
    if (container.items !== undefined) {
      container.items.push(value);
      return this.#expect(', or ]');
    }
    const { members, name } = container;
    if (Object.hasOwn(members, name)) return this.#fault('duplicate key');
    setMember(members, name, value);
    return this.#expect(', or }');
  }

  /** The latest token, which is a number or a word, and so ASCII. */
  get #text(): string {
    return this.#lexer.ascii ?? String(decodeUtf8(this.#lexer.bytes));
  }

  #invalidWord(): InboundFault {
    return this.#fault(`invalid keyword '${decodeForPeople(this.#lexer.bytes)}'`);
  }

  #readString(): string | InboundFault {
    const { ascii } = this.#lexer;
    if (ascii !== undefined && !ascii.includes('\\')) return ascii.slice(1, -1);
    const content = readString(this.#lexer.bytes);
    return 'text' in content ? content.text : this.#fault(content.fault);
  }

  #fault(what: string): InboundFault {
    const position = this.#tellsPositions ? `${this.#lexer.position}: ` : '';
    return new InboundFault(`${position}JSON parse error, ${what}`);
  }
}

function excess(what: string): InboundFault {
  return new InboundFault(`JSON ${what} limit exceeded`);
}

/** Not by assignment alone: "__proto__" is a name like any other. */
function setMember(members: Record<string, WireValue>, name: string, value: WireValue): void {
  if (name === '__proto__') {
    Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    members[name] = value;
  }
}
