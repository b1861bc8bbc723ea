/** The files of a schema, by the paths that their includes lead to. */
export type SchemaFiles =
  | Readonly<Record<string, string>>
  | ReadonlyMap<string, string>
  | ((path: string) => string | undefined);

/** The text of a file; undefined where there is none. */
export function textOf(files: SchemaFiles, path: string): string | undefined {
  if (typeof files === 'function') return files(path);
  if (files instanceof Map) return (files as ReadonlyMap<string, string>).get(path);
  return Object.hasOwn(files, path) ? (files as Readonly<Record<string, string>>)[path] : undefined;
}

/** A path without `.` and `..` where that is possible, so that one file has one name. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}

/** What an include of one file means, as a path. */
export function resolveInclude(from: string, include: string): string {
  return normalizePath(include.startsWith('/') ? include : `${from.slice(0, from.lastIndexOf('/') + 1)}${include}`);
}
