import type { CommentToken } from '../expressions/token.ts';

const section = /^(?:Notes?|Examples?):(?!:)/;
/** What may stand above a section; anywhere else it is a line of a paragraph. */
const lineAbove = /^(?:$|[\s@]|(?:Features|Returns|Errors|Since|TODO):)/;

/** Whether a comment has a section that QEMU did away with in 9.1. */
export function isHistoricComment({ lines }: CommentToken): boolean {
  return lines.some(({ text }, index) => section.test(text) && lineAbove.test(lines[index - 1]?.text ?? ''));
}
