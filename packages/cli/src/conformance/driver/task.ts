import { type JsonObject, type JsonValue, stringifyJson } from '@qmp/protocol/codecs';

import type { Deadline } from '../deadline.ts';
import { NotApplicable, Violation } from '../verdict.ts';
import { canonicalJson } from '../wire/canonical-json.ts';
import type { Outcome } from './outcome.ts';

/** Something that the client has been told to do. */
export class Task {
  readonly #what: string;
  readonly #outcome: Promise<Outcome>;
  readonly #deadline: Deadline;

  constructor(what: string, outcome: Promise<Outcome>, deadline: Deadline) {
    this.#what = what;
    this.#outcome = outcome;
    this.#deadline = deadline;
  }

  /**
   * What it came to, when it had to work.
   *
   * @throws Violation when it failed.
   */
  async value(): Promise<JsonValue | undefined> {
    const outcome = await this.ended();
    if (outcome.kind === 'done') return outcome.value;
    const { error, message } = outcome;
    throw new Violation(`${this.#what} failed: ${error === undefined ? message : stringifyJson(error)}`);
  }

  /** @throws Violation when it came to anything else. */
  async gives(expected: JsonValue): Promise<void> {
    const value = await this.value();
    const [got, wanted] = [value === undefined ? 'nothing' : canonicalJson(value), canonicalJson(expected)];
    if (got === wanted) return;
    throw new Violation(`${this.#what} gave ${excerpt(got)} instead of ${excerpt(wanted)}`);
  }

  /**
   * How it failed, when it could not work.
   *
   * @throws Violation when it worked.
   */
  async failure(): Promise<{ readonly message: string; readonly error: JsonObject | undefined }> {
    const outcome = await this.ended();
    if (outcome.kind === 'failed') return outcome;
    const value = outcome.value === undefined ? '' : `, with ${excerpt(stringifyJson(outcome.value))}`;
    throw new Violation(`${this.#what} is said to have worked${value}`);
  }

  /**
   * Something that this has to lead to.
   *
   * @throws Violation as soon as this fails: then nothing follows.
   */
  async leadsTo<T>(effect: Promise<T>): Promise<T> {
    return await Promise.race([effect, this.value().then(() => effect)]);
  }

  /** Waits for the end of it, whichever it is. */
  async ended(): Promise<Exclude<Outcome, { readonly kind: 'unsupported' | 'gone' }>> {
    const outcome = await this.#deadline.wait(`the end of ${this.#what}`, this.#outcome);
    if (outcome.kind === 'unsupported') throw new NotApplicable(outcome.why);
    if (outcome.kind === 'gone') throw new Violation(outcome.why);
    return outcome;
  }
}

function excerpt(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text;
}
