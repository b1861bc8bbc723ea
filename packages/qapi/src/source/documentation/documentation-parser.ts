import type { CommentLine, CommentToken } from '../expressions/token.ts';
import { errorAt, type Place } from '../place.ts';
import type { Documentation } from './documentation.ts';
import { Section } from './section.ts';

const description = /^@([^:\s]*):\s*/;
/** What was to be a description, at the begin of a paragraph. */
const brokenDescription = /^@[^:]*\s[^:]*:/;
const tag = /^(Returns|Errors|Since|Notes?|Examples?|TODO):(?!:)\s*/;
/** QEMU uses rST for these since 9.1. */
const historicTag = /^(?:Note|Example)/;
const repeatableTag = /^(?:Note|Example|TODO)/;
const heading = /^=+ /;

/** Reads a comment that is about a definition. @throws SchemaError */
export function parseDocumentation(head: CommentLine, { lines, place }: CommentToken): Documentation {
  if (!head.text.endsWith(':')) throw errorAt(head.place, `"${head.text}" has no ":" at its end`);
  const symbol = head.text.slice(1, -1);
  if (symbol === '') throw errorAt(head.place, 'expected a name between "@" and ":"');
  const parser = new DocumentationParser(symbol, place);
  for (const line of lines.slice(1)) parser.add(line);
  return parser.end();
}

/** What stands in the comment decides what may come next. */
type Part = 'text' | 'members' | 'features' | 'sections';

class DocumentationParser implements Documentation {
  readonly symbol: string;
  readonly place: Place;
  readonly text: Section;
  readonly members = new Map<string, Section>();
  readonly features = new Map<string, Section>();
  readonly sections = new Map<string, Section>();
  historicSection: Place | undefined;
  flushText: Place | undefined;
  unevenText: Place | undefined;
  brokenTitle: Place | undefined;
  #part: Part = 'text';
  /** Where lines go that begin nothing new, and what it is called. */
  #section: Section;
  #title = '';
  /** Whether there is text beside the title. */
  #isTitled = false;
  /** How far its second line is indented; 0 where that is not known yet or does not matter. */
  #indent = 0;
  #featuresTitle: Place | undefined;
  #lineBefore: 'title' | 'text' | 'blank' = 'title';

  constructor(symbol: string, place: Place) {
    this.symbol = symbol;
    this.place = place;
    this.text = new Section(place, '');
    this.#section = this.text;
  }

  add({ text, place }: CommentLine): void {
    const isFlush = text !== '' && !text.startsWith(' ');
    if (isFlush && this.#addTitle(text, place)) {
      this.#lineBefore = 'title';
      return;
    }
    if (isFlush) this.#startText(text, place);
    if (text !== '') this.#checkIndent(text.search(/\S/), place);
    this.#section.append(text);
    this.#lineBefore = text === '' ? 'blank' : 'text';
  }

  end(): Documentation {
    this.#close();
    return this;
  }

  /** @returns false for a line that begins nothing. */
  #addTitle(text: string, place: Place): boolean {
    if (text === 'Features:') {
      if (this.#featuresTitle !== undefined) throw errorAt(place, '"Features:" stands twice');
      this.#open('features', new Section(place, ''), text);
      this.#featuresTitle = place;
      return true;
    }
    const [described, name] = description.exec(text) ?? [];
    if (described !== undefined && name !== undefined) {
      this.#describe(name, new Section(place, text.slice(described.length)));
      return true;
    }
    const [tagged, kind] = tag.exec(text) ?? [];
    if (tagged === undefined || kind === undefined) return false;
    if (this.sections.has(kind) && !repeatableTag.test(kind)) throw errorAt(place, `"${kind}:" stands twice`);
    const section = new Section(place, text.slice(tagged.length));
    this.#open('sections', section, `${kind}:`);
    this.sections.set(kind, section);
    if (historicTag.test(kind)) this.historicSection ??= place;
    return true;
  }

  /** `@name:` is a feature below `Features:` and a member elsewhere. */
  #describe(name: string, section: Section): void {
    const title = `@${name}:`;
    const { place } = section;
    const part = this.#part === 'features' ? 'features' : 'members';
    if (name === '') throw errorAt(place, 'expected a name between "@" and ":"');
    if (this[part].has(name)) throw errorAt(place, `"${title}" stands twice`);
    if (this.#part === 'sections') throw errorAt(place, `"${title}" stands below a section: expected it above`);
    this[part].set(name, section);
    this.#open(part, section, title);
  }

  #open(part: Part, section: Section, title: string): void {
    this.#close();
    this.#part = part;
    this.#section = section;
    this.#title = title;
    this.#isTitled = !section.isEmpty;
    this.#indent = 0;
  }

  #close(): void {
    if (this.#title === 'Features:') {
      if (this.features.size === 0) throw errorAt(this.#section.place, '"Features:" has no feature below it');
    } else if (this.#title !== '' && this.#section.isEmpty) {
      throw errorAt(this.#section.place, `expected text below "${this.#title}"`);
    }
  }

  /** Text that is not indented may be the begin of a section without a title. */
  #startText(text: string, place: Place): void {
    if (heading.test(text)) throw errorAt(place, 'a heading in the documentation of a definition');
    if (this.#title === 'Features:') throw errorAt(place, 'expected "@NAME:" below "Features:"');
    if (this.#lineBefore !== 'text' && brokenDescription.test(text)) this.brokenTitle ??= place;
    if (this.#title === '') return;
    if (this.#lineBefore !== 'blank') {
      if (this.#isTitled) this.flushText ??= place;
      return;
    }
    // What stands below an old section belongs to it, whatever it looks like.
    if (!this.#section.isEmpty && !historicTag.test(this.#title)) this.#open('sections', this.text, '');
  }

  #checkIndent(indent: number, place: Place): void {
    if (this.#title === '') return;
    if (this.#indent === 0) this.#indent = indent;
    else if (indent < this.#indent && this.#lineBefore === 'text') this.unevenText ??= place;
  }
}
