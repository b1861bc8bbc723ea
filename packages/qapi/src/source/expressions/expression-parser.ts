import { errorAt, type Place } from '../place.ts';
import type { Lexer } from './lexer.ts';
import type { ArrayNode, ObjectNode, SyntaxNode } from './syntax-node.ts';
import { describeToken, type Token } from './token.ts';

/** A schema needs about ten; whoever works on what is read here may recurse. */
const maximumDepth = 100;

/** Reads the values of a file, one after the other. */
export class ExpressionParser {
  readonly #lexer: Lexer;
  #token: Token;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
    this.#token = lexer.next();
  }

  /** What comes next. */
  get token(): Token {
    return this.#token;
  }

  /** Goes on to the next token. @returns the one that was left behind */
  advance(): Token {
    const token = this.#token;
    this.#token = this.#lexer.next();
    return token;
  }

  /** @throws SchemaError where no value comes next, or a broken one. */
  parseValue(depth = 0): SyntaxNode {
    const token = this.advance();
    const { place } = token;
    if (token.kind === 'string' || token.kind === 'boolean') return token;
    if (depth === maximumDepth) throw errorAt(place, `nested deeper than ${maximumDepth} levels`);
    if (token.kind === '{') return this.#parseObject(place, depth + 1);
    if (token.kind === '[') return this.#parseArray(place, depth + 1);
    throw unexpected(token, 'an object, an array, a string, true or false');
  }

  #parseObject(place: Place, depth: number): ObjectNode {
    const entries = new Map<string, SyntaxNode>();
    if (this.#skip('}')) return { kind: 'object', entries, place };
    for (;;) {
      const key = this.advance();
      if (key.kind !== 'string') throw unexpected(key, entries.size === 0 ? 'a string or "}"' : 'a string');
      if (!this.#skip(':')) throw unexpected(this.#token, `":" after '${key.value}'`);
      if (entries.has(key.value)) throw errorAt(key.place, `the key '${key.value}' stands twice in one object`);
      entries.set(key.value, this.parseValue(depth));
      if (this.#skip('}')) return { kind: 'object', entries, place };
      if (!this.#skip(',')) throw unexpected(this.#token, '"," or "}"');
    }
  }

  #parseArray(place: Place, depth: number): ArrayNode {
    const elements: SyntaxNode[] = [];
    if (this.#skip(']')) return { kind: 'array', elements, place };
    for (;;) {
      elements.push(this.parseValue(depth));
      if (this.#skip(']')) return { kind: 'array', elements, place };
      if (!this.#skip(',')) throw unexpected(this.#token, '"," or "]"');
    }
  }

  #skip(kind: Token['kind']): boolean {
    if (this.#token.kind !== kind) return false;
    this.advance();
    return true;
  }
}

function unexpected(token: Token, expected: string): Error {
  return errorAt(token.place, `${describeToken(token)} where ${expected} should be`);
}
