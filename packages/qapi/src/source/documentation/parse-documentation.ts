import type { CommentLine, CommentToken } from '../expressions/token.ts';
import { errorAt, type Place } from '../place.ts';
import type { Rules } from '../rules.ts';
import type { Documentation } from './documentation.ts';
import { Section } from './section.ts';

const description = /^@([^:]*):\s*/;
const historicDescription = /^@([^:\s]*):\s*/;
const tag = /^(Returns|Errors|Since|Notes?|Examples?|TODO):(?!:)\s*/;
/** QEMU uses rST for these since 9.1. */
const historicTag = /^(?:Note|Example)/;
const repeatableTag = /^(?:Note|Example|TODO)/;

/** Reads a comment that is about a definition. @throws SchemaError */
export function parseDocumentation({ lines, place }: CommentToken, rules: Rules): Documentation {
  const [head = { text: '', place }, ...rest] = lines;
  if (!head.text.endsWith(':')) throw errorAt(head.place, `"${head.text}" has no ":" at its end`);
  const symbol = head.text.slice(1, -1);
  if (symbol === '') throw errorAt(head.place, 'expected a name between "@" and ":"');
  const parser = new DocumentationParser(symbol, place, rules);
  for (const line of rest) parser.add(line);
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
  readonly #rules: Rules;
  #part: Part = 'text';
  /** Where lines go that begin nothing new. */
  #section: Section;
  /** What that began with; nothing for plain text. */
  #title = '';
  /** How far the next line of a titled section has to be indented, by the rules. */
  #indent = 0;
  #hasFeatures = false;
  #lineBefore: 'title' | 'text' | 'blank' = 'title';

  constructor(symbol: string, place: Place, rules: Rules) {
    this.symbol = symbol;
    this.place = place;
    this.text = new Section(place, '');
    this.#section = this.text;
    this.#rules = rules;
  }

  add(line: CommentLine): void {
    const { text } = line;
    if (text === '') {
      this.#section.append(text);
      this.#lineBefore = 'blank';
    } else if (this.#addTitle(line)) {
      this.#lineBefore = 'title';
    } else {
      this.#addText(line);
      this.#lineBefore = 'text';
    }
  }

  end(): Documentation {
    this.#close();
    return this;
  }

  /** @returns false for a line that begins nothing. */
  #addTitle({ text, place }: CommentLine): boolean {
    const { historicComments } = this.#rules;
    if (this.#lineBefore === 'text' && this.#title === '' && !historicComments) return false;
    if (text === 'Features:') {
      if (this.#hasFeatures) throw errorAt(place, '"Features:" stands twice');
      this.#hasFeatures = true;
      this.#open('features', new Section(place, ''), text);
      return true;
    }
    const [named, name] = (historicComments ? historicDescription : description).exec(text) ?? [];
    if (named !== undefined && name !== undefined) {
      this.#describe(name, new Section(place, text.slice(named.length)), named.length);
      return true;
    }
    const [tagged, kind] = tag.exec(text) ?? [];
    if (tagged === undefined || kind === undefined) return false;
    if (historicTag.test(kind) && !historicComments) {
      throw errorAt(place, `"${kind}:" is no section any more: expected rST such as ".. note::"`);
    }
    if (this.sections.has(kind) && !repeatableTag.test(kind)) throw errorAt(place, `"${kind}:" stands twice`);
    const section = new Section(place, text.slice(tagged.length));
    this.#open('sections', section, `${kind}:`, tagged.length);
    this.sections.set(kind, section);
    return true;
  }

  /** `@name:` is a feature below `Features:` and a member elsewhere. */
  #describe(name: string, section: Section, column: number): void {
    const title = `@${name}:`;
    const { place } = section;
    const part = this.#part === 'features' ? 'features' : 'members';
    if (name === '') throw errorAt(place, 'expected a name between "@" and ":"');
    if (this[part].has(name)) throw errorAt(place, `"${title}" stands twice`);
    if (this.#part === 'sections') throw errorAt(place, `"${title}" stands below a section: expected it above`);
    this[part].set(name, section);
    this.#open(part, section, title, column);
  }

  /** @param column where the text beside the title begins */
  #open(part: Part, section: Section, title: string, column = 0): void {
    this.#close();
    this.#part = part;
    this.#section = section;
    this.#title = title;
    this.#indent = this.#rules.indentation === 'column' && !section.isEmpty ? column : 0;
  }

  #close(): void {
    if (this.#title === 'Features:') {
      if (this.features.size === 0) throw errorAt(this.#section.place, '"Features:" has no feature below it');
    } else if (this.#title !== '' && this.#section.isEmpty) {
      throw errorAt(this.#section.place, `expected text below "${this.#title}"`);
    }
  }

  #addText({ text, place }: CommentLine): void {
    const indent = text.search(/\S/);
    const beginsParagraph = this.#lineBefore !== 'text';
    const { headings } = this.#rules;
    if (/^=+ /.test(text) && (headings === 'anywhere' || (headings === 'first' && beginsParagraph))) {
      throw errorAt(place, 'a heading in the documentation of a definition');
    }
    if (this.#title === 'Features:') throw errorAt(place, 'expected "@NAME:" below "Features:"');
    // What stands below an old section belongs to it, whatever it looks like.
    if (indent === 0 && this.#lineBefore === 'blank' && !this.#section.isEmpty && !historicTag.test(this.#title)) {
      if (this.#title !== '') this.#open('sections', this.text, '');
    }
    if (this.#title !== '') this.#checkIndent(indent, place);
    this.#section.append(text);
  }

  #checkIndent(indent: number, place: Place): void {
    const { indentation } = this.#rules;
    if (indentation === 'even' && this.#indent === 0) {
      this.#indent = indent;
      // It is text of its own then, and no member may follow.
      if (indent === 0 && !this.#section.isEmpty) this.#part = 'sections';
    } else if (indent < this.#indent && (indentation === 'column' || this.#lineBefore === 'text')) {
      throw errorAt(place, `expected the text below "${this.#title}" to be indented by ${this.#indent} at least`);
    }
  }
}
