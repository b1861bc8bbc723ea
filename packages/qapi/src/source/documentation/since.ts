import type { Section } from './documentation.ts';

const number = /\d+(?:\.\d+)*/;
const inBrackets = /[(,;]\s*since:?\s*(?:QEMU\s*)?(\d+(?:\.\d+)*)/i;

/** The version that a `Since:` section names. */
export function sinceOfSection(section: Section | undefined): string | undefined {
  const [version] = (section && number.exec(section.text)) ?? [];
  return version === undefined ? undefined : shortVersion(version);
}

/** The version in a description such as `the size in bytes (since 5.2)`. */
export function sinceOfDescription(section: Section | undefined): string | undefined {
  const [, version] = (section && inBrackets.exec(section.text)) ?? [];
  return version === undefined ? undefined : shortVersion(version);
}

/** QEMU writes `0.14.0` here and `0.14` there. */
function shortVersion(version: string): string {
  return version.replace(/^(\d+\.\d+)\.0$/, '$1');
}
