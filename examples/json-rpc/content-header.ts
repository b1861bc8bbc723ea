import { DeserializationError } from '@qmp/protocol/codecs';

const LINE_FEED = 0x0a;
/** Two short fields are all that the protocol knows. */
const MAX_HEADER_BYTES = 4096;

/**
 * One header, read byte by byte: fields of ASCII, a line each, ended by an empty line. Faults are found with the line
 * that they are in, so that a peer which speaks something else is told at once.
 */
export class ContentHeader {
  #text = '';
  #lineStart = 0;
  #contentLength: number | undefined;

  /** Whether any of it has come. */
  get hasBegun(): boolean {
    return this.#text !== '';
  }

  /** What has come of it. */
  get text(): string {
    return this.#text;
  }

  /**
   * Takes the next byte.
   *
   * @returns the length of the content, in bytes, once the header is complete.
   * @throws DeserializationError for what is no header.
   */
  push(byte: number): number | undefined {
    this.#text += String.fromCharCode(byte);
    if (byte !== LINE_FEED) {
      if (this.#text.length < MAX_HEADER_BYTES) return undefined;
      throw this.#fault(`A header is longer than ${MAX_HEADER_BYTES} bytes`);
    }
    const line = this.#text.slice(this.#lineStart);
    this.#lineStart = this.#text.length;
    if (line !== '\r\n') {
      this.#readField(line);
      return undefined;
    }
    if (this.#contentLength === undefined) throw this.#fault('A header ends without a Content-Length');
    return this.#contentLength;
  }

  #readField(line: string): void {
    const field = /^([\x21-\x39\x3b-\x7e]+):[ \t]*(.*?)[ \t]*\r\n$/.exec(line);
    if (field === null) throw this.#fault(`Expected a header field such as "Content-Length: 17", found ${quote(line)}`);
    const [, name = '', value = ''] = field;
    switch (name.toLowerCase()) {
      case 'content-length':
        this.#readContentLength(value);
        break;
      case 'content-type':
        this.#checkContentType(value);
        break;
      default: // fields that are not known are left alone
    }
  }

  #readContentLength(value: string): void {
    const length = Number(value);
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(length)) {
      throw this.#fault(`Expected a Content-Length in digits, found ${quote(value)}`);
    }
    if (this.#contentLength !== undefined) throw this.#fault('A header has two fields Content-Length');
    this.#contentLength = length;
  }

  #checkContentType(value: string): void {
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(value)?.[1];
    if (charset === undefined || /^utf-?8$/i.test(charset)) return;
    throw this.#fault(`Expected content in utf-8, found the charset ${quote(charset)}`);
  }

  #fault(message: string): DeserializationError {
    return new DeserializationError(message, { raw: this.#text.slice(0, 200) });
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
