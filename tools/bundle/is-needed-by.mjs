// @ts-check

/**
 * Whether an entry point cannot do without a module: whether imports lead there, other than those at run time.
 *
 * @param {string} entry its file
 * @param {string} id the module's file
 * @param {{ getModuleInfo(id: string): { readonly importers: readonly string[] } | null }} modules
 */
export function isNeededBy(entry, id, modules) {
  const seen = new Set([id]);
  for (const module of seen) {
    if (module === entry) return true;
    for (const importer of modules.getModuleInfo(module)?.importers ?? []) seen.add(importer);
  }
  return false;
}
