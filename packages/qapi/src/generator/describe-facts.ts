import type { Condition, Facts, FeatureDefinition } from '../model/definition.ts';

/** Of a line of sentences. */
const WIDTH = 110;

/** Marks that have a sentence or a tag of their own. */
const KNOWN_FEATURES: ReadonlySet<string> = new Set(['deprecated', 'unstable']);

/** What stands in a doc comment besides facts. */
interface Additions {
  /** Sentences. */
  readonly remarks?: readonly string[] | undefined;
  /** What is said of single parts, a line each. */
  readonly list?: readonly string[] | undefined;
  readonly link?: string | undefined;
}

/** What a schema says of something, besides its type: the lines of its doc comment. */
export function describeFacts(
  { features = [], condition, since, documentation }: Facts,
  { remarks = [], list = [], link }: Additions = {},
): string[] {
  const names = features.map((feature) => feature.name);
  const others = names.filter((name) => !KNOWN_FEATURES.has(name));
  const sentences = [
    ...remarks,
    ...(since === undefined ? [] : [`Since ${since}.`]),
    ...(condition === undefined ? [] : [`Only in builds with ${describeCondition(condition)}.`]),
    ...(others.length === 0 ? [] : [`Features: ${others.map((name) => `\`${name}\``).join(', ')}.`]),
    ...(names.includes('unstable') ? ['Unstable: it may change or go without notice.'] : []),
  ];
  const tags = [
    ...(names.includes('deprecated') ? ['@deprecated'] : []),
    ...(link === undefined ? [] : [`@see ${link}`]),
  ];
  const paragraphs = [
    ...(documentation === undefined || documentation === '' ? [] : [readable(documentation).split('\n')]),
    fill(sentences),
    [...list, ...features.flatMap(describeFeature)],
    tags,
  ].filter((lines) => lines.length > 0);
  return paragraphs.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** What the documentation says of a mark, for those who asked for it. */
function describeFeature({ name, documentation }: FeatureDefinition): string[] {
  return documentation === undefined ? [] : [`- \`${name}\`: ${oneLine(documentation)}`];
}

/** Text for a list, where each item has a line. */
export function oneLine(text: string): string {
  return readable(text).replaceAll(/\s*\n\s*/g, ' ');
}

/** QEMU writes names as `@name`, which in a doc comment would be a tag. */
function readable(text: string): string {
  return text.trim().replaceAll(/(?<![\w`])@([\w-]+)/g, '`$1`');
}

/** A condition in words: `CONFIG_A and (CONFIG_B or not CONFIG_C)`. */
export function describeCondition(condition: Condition): string {
  if (typeof condition === 'string') return condition;
  if ('not' in condition) return `not ${describePart(condition.not)}`;
  return 'all' in condition
    ? condition.all.map(describePart).join(' and ')
    : condition.any.map(describePart).join(' or ');
}

function describePart(condition: Condition): string {
  const text = describeCondition(condition);
  return typeof condition === 'string' || 'not' in condition ? text : `(${text})`;
}

/** Sentences in lines of a readable width. */
function fill(sentences: readonly string[]): string[] {
  const lines: string[] = [];
  for (const sentence of sentences) {
    const line = lines.at(-1);
    if (line === undefined || line.length + sentence.length > WIDTH) lines.push(sentence);
    else lines[lines.length - 1] = `${line} ${sentence}`;
  }
  return lines;
}
