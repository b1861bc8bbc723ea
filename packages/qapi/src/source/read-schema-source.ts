import { SchemaError } from '../model/schema-error.ts';
import { ExpressionParser } from './expressions/expression-parser.ts';
import { Lexer } from './expressions/lexer.ts';
import { describeNode, type ObjectNode, type SyntaxNode } from './expressions/syntax-node.ts';
import type { CommentToken } from './expressions/token.ts';
import { errorAt } from './place.ts';
import { applyPragma, noPragmas, type Pragmas } from './pragmas.ts';
import { normalizePath, resolveInclude, type SchemaFiles, textOf } from './schema-files.ts';

/** Files that include each other this deep are a mistake. */
const maximumDepth = 100;

/** A definition as it was written. */
interface Expression {
  readonly node: ObjectNode;
  /** The comment above it. */
  readonly comment: CommentToken | undefined;
}

/** All that the files of a schema say, in the order of the text. */
export interface SchemaSource {
  readonly expressions: readonly Expression[];
  /** Comments that are about no definition. */
  readonly freeComments: readonly CommentToken[];
  /** Comments that are about definitions which do not follow. */
  readonly orphans: readonly CommentToken[];
  readonly pragmas: Readonly<Pragmas>;
}

/** Reads a file and all that it includes. @throws SchemaError */
export function readSchemaSource(files: SchemaFiles, entry: string): SchemaSource {
  const path = normalizePath(entry);
  const text = textOf(files, entry) ?? textOf(files, path);
  if (text === undefined) throw new SchemaError(`there is no file "${entry}"`);
  const reader = new SchemaReader(files);
  reader.readFile(path, text);
  return reader;
}

class SchemaReader implements SchemaSource {
  readonly expressions: Expression[] = [];
  readonly freeComments: CommentToken[] = [];
  readonly orphans: CommentToken[] = [];
  readonly pragmas: Pragmas = noPragmas();
  readonly #files: SchemaFiles;
  readonly #known = new Set<string>();
  /** The files that are being read, each of which includes the next. */
  readonly #open: string[] = [];

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  readFile(path: string, text: string): void {
    this.#known.add(path);
    this.#open.push(path);
    const parser = new ExpressionParser(new Lexer(text, path));
    while (parser.token.kind !== 'end') this.#readItem(parser);
    this.#open.pop();
  }

  /** An object with the comment above it, or a comment that stands alone. */
  #readItem(parser: ExpressionParser): void {
    const { token } = parser;
    const comment = token.kind === 'comment' ? token : undefined;
    if (comment !== undefined) parser.advance();
    if (parser.token.kind === 'end' || parser.token.kind === 'comment') {
      this.#drop(comment);
      return;
    }
    const node = parser.parseValue();
    if (node.kind !== 'object') throw errorAt(node.place, `${describeNode(node)} where an object should be`);
    const include = node.entries.get('include');
    const pragma = node.entries.get('pragma');
    if (include === undefined && pragma === undefined) {
      if (comment !== undefined && !isAboutDefinition(comment)) {
        throw errorAt(comment.place, 'the documentation of a definition begins with "@NAME:", this one does not');
      }
      this.expressions.push({ node, comment });
      return;
    }
    this.#drop(comment);
    if (node.entries.size > 1) {
      throw errorAt(node.place, `'${include === undefined ? 'pragma' : 'include'}' must be the only key of its object`);
    }
    if (include !== undefined) this.#include(include);
    else if (pragma !== undefined) applyPragma(this.pragmas, pragma);
  }

  /** A comment that no definition follows. */
  #drop(comment: CommentToken | undefined): void {
    if (comment !== undefined) (isAboutDefinition(comment) ? this.orphans : this.freeComments).push(comment);
  }

  #include(node: SyntaxNode): void {
    const { place } = node;
    if (node.kind !== 'string') throw errorAt(place, `'include' is ${describeNode(node)}: expected the path of a file`);
    const path = resolveInclude(place.file, node.value);
    if (this.#open.includes(path)) {
      const circle = [...this.#open.slice(this.#open.indexOf(path)), path].join(' -> ');
      throw errorAt(place, `files include each other in a circle: ${circle}`);
    }
    if (this.#known.has(path)) return;
    if (this.#open.length === maximumDepth) {
      throw errorAt(place, `files include each other deeper than ${maximumDepth} levels`);
    }
    const text = textOf(this.#files, path);
    if (text === undefined) throw errorAt(place, `there is no file "${path}" to include`);
    this.readFile(path, text);
  }
}

function isAboutDefinition({ lines }: CommentToken): boolean {
  return lines[0]?.text.startsWith('@') === true;
}
