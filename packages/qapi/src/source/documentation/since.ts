import type { Section } from './section.ts';

const version = String.raw`(\d+(?:\.\d+)*)`;
const number = new RegExp(version);
/** `(since 5.2)`, `(default: 0; since: 5.2; must be even)` */
const inBrackets = new RegExp(String.raw`\((?:[^()]*[,;]\s+)?since:?\s*(?:QEMU\s+)?${version}`, 'i');
/** `Since 5.2.` as a sentence */
const asSentence = new RegExp(String.raw`(?:^|\.\s+)since:?\s+${version}\.?(?:\s|$)`, 'i');

/** The version that a `Since:` section names. */
export function sinceOfSection(section: Section | undefined): string | undefined {
  return shortVersion(section && number.exec(section.text));
}

/** The version in a description such as `the size in bytes (since 5.2)`. */
export function sinceOfDescription(section: Section | undefined): string | undefined {
  if (section === undefined) return undefined;
  const { text } = section;
  return shortVersion(inBrackets.exec(text) ?? asSentence.exec(text));
}

/** QEMU writes `0.14.0` here and `0.14` there. */
function shortVersion(match: RegExpExecArray | null | undefined): string | undefined {
  return match?.[1]?.replace(/^(\d+\.\d+)\.0$/, '$1');
}
