import type { CommentLine, CommentToken } from '../expressions/token.ts';
import { errorAt, type Place } from '../place.ts';
import { type Documentation, Section } from './documentation.ts';

const description = /^@([^:]*):\s*/;
const tag = /^(Returns|Errors|Since|Notes?|Examples?|TODO):(?!:)\s*/;
/** What QEMU writes as rST since 9.1. */
const historicTag = /^(?:Note|Example)/;
const repeatable = /^(?:Note|Example|TODO)/;
const heading = /^=+ /;

/** Reads a comment; undefined for one that is about no definition. @throws SchemaError */
export function parseDocumentation(comment: CommentToken): Documentation | undefined {
  const [head, ...lines] = comment.lines;
  if (head === undefined || !head.text.startsWith('@')) {
    checkFreeForm(comment.lines);
    return undefined;
  }
  if (!head.text.endsWith(':')) throw errorAt(head.place, `expected ":" at the end of "${head.text}"`);
  const symbol = head.text.slice(1, -1);
  if (symbol === '') throw errorAt(head.place, 'expected a name after "@"');
  const parser = new DocumentationParser(symbol, comment.place);
  for (const line of lines) parser.add(line);
  return parser.end();
}

function checkFreeForm(lines: readonly CommentLine[]): void {
  for (const { text, place } of lines) {
    const [, name] = description.exec(text) ?? [];
    if (name !== undefined) throw errorAt(place, `"@${name}:" belongs into the documentation of a definition`);
  }
}

/** Where the parser stands: what it makes of the next line depends on it. */
type Context = 'text' | 'members' | 'features' | 'section';

class DocumentationParser {
  readonly #symbol: string;
  readonly #place: Place;
  readonly #text: Section;
  readonly #members = new Map<string, Section>();
  readonly #features = new Map<string, Section>();
  readonly #sections = new Map<string, Section>();
  #context: Context = 'text';
  #current: Section;
  /** The tag or name that the current section began with. */
  #currentName = '';
  #hasFeatures = false;
  #isHistoric = false;
  /** Whether the line before was blank. */
  #afterBlank = false;

  constructor(symbol: string, place: Place) {
    this.#symbol = symbol;
    this.#place = place;
    this.#text = new Section(place);
    this.#current = this.#text;
  }

  add({ text, place }: CommentLine): void {
    if (text === '' || text.startsWith(' ') || !this.#addHeading(text, place)) this.#addText(text, place);
    this.#afterBlank = text === '';
  }

  end(): Documentation {
    this.#closeSection();
    if (this.#hasFeatures && this.#features.size === 0) throw errorAt(this.#place, '"Features:" with no feature below');
    return {
      symbol: this.#symbol,
      place: this.#place,
      text: this.#text,
      members: this.#members,
      features: this.#features,
      sections: this.#sections,
      isHistoric: this.#isHistoric,
    };
  }

  /** @returns false for a line that begins no section. */
  #addHeading(text: string, place: Place): boolean {
    if (text === 'Features:') {
      if (this.#hasFeatures) throw errorAt(place, '"Features:" stands twice');
      this.#hasFeatures = true;
      this.#open('features', new Section(place), text);
      return true;
    }
    const [named, name] = description.exec(text) ?? [];
    if (named !== undefined && name !== undefined) {
      this.#describe(name, new Section(place, text.slice(named.length)));
      return true;
    }
    const [tagged, kind] = tag.exec(text) ?? [];
    if (tagged === undefined || kind === undefined) return false;
    if (this.#sections.has(kind) && !repeatable.test(kind)) throw errorAt(place, `"${kind}:" stands twice`);
    const section = new Section(place, text.slice(tagged.length));
    this.#sections.set(kind, section);
    this.#open('section', section, `${kind}:`);
    if (historicTag.test(kind)) this.#isHistoric = true;
    return true;
  }

  #describe(name: string, section: Section): void {
    const isFeature = this.#context === 'features';
    const known = isFeature ? this.#features : this.#members;
    const { place } = section;
    if (name === '') throw errorAt(place, 'expected a name between "@" and ":"');
    if (known.has(name)) throw errorAt(place, `"@${name}:" stands twice`);
    if (!isFeature && (this.#context === 'section' || this.#members.size > 0 !== (this.#context === 'members'))) {
      throw errorAt(place, `"@${name}:" stands after a section: expected it before`);
    }
    known.set(name, section);
    this.#open(isFeature ? 'features' : 'members', section, `@${name}:`);
  }

  #open(context: Context, section: Section, name: string): void {
    this.#closeSection();
    this.#context = context;
    this.#current = section;
    this.#currentName = name;
  }

  #closeSection(): void {
    if (this.#current !== this.#text && this.#current.isEmpty && this.#currentName !== 'Features:') {
      throw errorAt(this.#current.place, `expected text after "${this.#currentName}"`);
    }
  }

  #addText(text: string, place: Place): void {
    const isIndented = text === '' || text.startsWith(' ');
    if (!isIndented && heading.test(text)) {
      throw errorAt(place, 'a heading inside the documentation of a definition');
    }
    if (this.#current !== this.#text && !isIndented) {
      if (this.#currentName === 'Features:') throw errorAt(place, 'expected a feature after "Features:"');
      // In a section of old all text up to the next heading is its own.
      if (this.#afterBlank && !this.#current.isEmpty && !historicTag.test(this.#currentName)) {
        this.#open('section', this.#text, '');
      }
    }
    this.#current.append(text);
  }
}
