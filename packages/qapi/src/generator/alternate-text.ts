import type { AlternateType } from '../model/qapi-type.ts';
import { describeFacts } from './describe-facts.ts';
import { docComment } from './doc-comment.ts';
import { unionText } from './layout.ts';
import type { Printing } from './printing.ts';
import { typeText } from './type-text.ts';
import type { Direction } from './wire-types.ts';

/** An alternate: one of several types. */
export function alternateText(type: AlternateType, direction: Direction, printing: Printing): string {
  const { names } = printing;
  const members = new Set(type.alternatives.map((alternative) => typeText(alternative.type, direction, names)));
  const comment = docComment(describeFacts(type, { link: printing.links.get(type.name) }), '');
  return comment + unionText(names.of(type, direction), [...members]);
}
