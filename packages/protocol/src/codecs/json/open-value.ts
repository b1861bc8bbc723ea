import { TextPieces } from './text-pieces.ts';
import { ValueScanner } from './value-scanner.ts';

/** A value that is not complete yet, in two parts: what the scanner has seen of it, and what it has not. */
export class OpenValue {
  readonly seen: TextPieces = new TextPieces();
  readonly unseen: TextPieces = new TextPieces();
  scanner: ValueScanner = new ValueScanner();

  get length(): number {
    return this.seen.length + this.unseen.length;
  }

  /** All of it; nothing is left. */
  take(): string {
    return this.seen.take() + this.unseen.take();
  }
}
