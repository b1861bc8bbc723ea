/** As wide as the files of this repository. */
const WIDTH = 120;

/** `export type X = A | B;`, one below the other where they are too many for a line. */
export function unionText(name: string, members: readonly string[]): string {
  return `export type ${name} =${unionOf(members, '', `export type ${name} = ;`.length)};\n`;
}

/** A member of an interface. */
export function memberText(name: string, types: readonly string[]): string {
  const head = `  readonly ${name}:`;
  return `${head}${unionOf(types, '  ', `${head} ;`.length)};\n`;
}

function unionOf(members: readonly string[], indent: string, used: number): string {
  const line = members.join(' | ');
  if (members.length === 1 || used + line.length <= WIDTH) return ` ${line}`;
  return members.map((member) => `\n${indent}  | ${member}`).join('');
}

/** A member that is an object of others. */
export function nestedText(name: string, members: readonly (readonly [name: string, type: string])[]): string {
  const parts = members.map(([each, type]) => `readonly ${each}: ${type};`);
  const line = `  readonly ${name}: { ${parts.join(' ').replace(/;$/, '')} };`;
  if (line.length <= WIDTH) return `${line}\n`;
  return `  readonly ${name}: {\n${parts.map((part) => `    ${part}\n`).join('')}  };\n`;
}

/** `export interface X extends A, B { … }`. */
export function interfaceText(name: string, bases: readonly string[], body: string): string {
  const head = `export interface ${name}${bases.length === 0 ? '' : ` extends ${bases.join(', ')}`} {`;
  const heads = head.length <= WIDTH ? head : `export interface ${name}\n  extends ${bases.join(', ')} {`;
  return body === '' ? `${heads}}\n` : `${heads}\n${body}}\n`;
}

/** A string as a literal. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** The name of a member: in quotes only where they are needed. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}
