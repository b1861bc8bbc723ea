import type { CommentToken } from '../expressions/token.ts';

/** Whether a comment has a section that QEMU did away with in 9.1. Within a paragraph it is no section. */
export function isHistoricComment({ lines }: CommentToken): boolean {
  return lines.some(
    ({ text }, index) => /^(?:Notes?|Examples?):(?!:)/.test(text) && /^(?:$|[\s@])/.test(lines[index - 1]?.text ?? ''),
  );
}
