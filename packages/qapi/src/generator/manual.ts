import type { Definition } from '../model/definition.ts';

/** A program whose manual there is: each has its page. */
export type Manual = 'qemu' | 'storage-daemon' | 'guest-agent';

/** Where each manual is, and what stands before the names in its anchors, as they are since 10.1. */
const PAGES: { readonly [M in Manual]: { readonly page: string; readonly namespace: string } } = {
  qemu: { page: 'qemu-qmp-ref.html', namespace: 'QMP' },
  'storage-daemon': { page: 'qemu-storage-daemon-qmp-ref.html', namespace: 'QSD' },
  'guest-agent': { page: 'qemu-ga-ref.html', namespace: 'QGA' },
};

/**
 * Where QEMU's manual describes a definition. It is the manual of the newest version: for what that does not have, the link
 * leads to the top of its page.
 *
 * ```ts
 * generateTypeScript(model, { link: (definition) => manualLink('qemu', definition) });
 * ```
 */
export function manualLink(
  manual: Manual,
  { kind, name, module }: Pick<Definition, 'kind' | 'name' | 'module'>,
): string {
  const { page, namespace } = PAGES[manual];
  const anchor = module === undefined ? '' : `#${kind}-${namespace}-${module}.${name}`;
  return `https://www.qemu.org/docs/master/interop/${page}${anchor}`;
}
