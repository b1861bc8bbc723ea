// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ifPresent } from './if-present.mjs';

const publicMirror = 'http://deb.debian.org/debian';

/**
 * The Debian archive to download from: `$DEBIAN_MIRROR`, else the one in apt's own sources,
 * else (on Ubuntu, for example) the public one. Packages are signed, so plain HTTP is as safe.
 * @param {string} [configuration] apt's configuration folder
 * @returns {string} a URL without a slash at its end
 * @throws {Error} when `$DEBIAN_MIRROR` is not a URL
 */
export function debianMirror(configuration = '/etc/apt') {
  const chosen = process.env['DEBIAN_MIRROR'];
  if (chosen && !/^[a-z][a-z+]*:\/?\S+$/.test(chosen)) {
    throw new Error(`DEBIAN_MIRROR is "${chosen}": expected a URL such as ${publicMirror}`);
  }
  // Others keep a folder of that name too, further down: https://packages.example.org/tool/debian
  const [shortest] = sourceUrls(configuration)
    .filter((url) => /\/debian(\.list)?\/?$/.test(url))
    .sort((one, other) => one.length - other.length);
  return (chosen || shortest || publicMirror).replace(/\/+$/, '');
}

/**
 * The URLs of apt's binary package sources that have a `main` component.
 * `apt-get indextargets` would know them, but only after an `apt-get update`.
 * @param {string} configuration
 * @returns {string[]}
 */
function sourceUrls(configuration) {
  const parts = join(configuration, 'sources.list.d');
  const files = [join(configuration, 'sources.list'), ...namesIn(parts).map((name) => join(parts, name))];
  return files.flatMap((file) => {
    if (file.endsWith('.list')) return oneLineUrls(textOf(file));
    return file.endsWith('.sources') ? stanzaUrls(textOf(file)) : [];
  });
}

/**
 * `deb [signed-by=KEY] URL SUITE COMPONENT...`
 * @param {string} text
 * @returns {string[]}
 */
function oneLineUrls(text) {
  return [...text.matchAll(/^[ \t]*deb[ \t]+(?:\[[^\]]*\][ \t]*)?(\S+)[ \t]+\S+[^#\n]*[ \t]main\b/gm)].map(
    ([, url = '']) => url,
  );
}

/**
 * `Types: deb`, `URIs: URL...`, `Components: main ...` in paragraphs.
 * @param {string} text
 * @returns {string[]}
 */
function stanzaUrls(text) {
  return text.split(/\n[ \t]*\n/).flatMap((stanza) => {
    /** @param {string} name */
    const words = (name) =>
      new RegExp(`^${name}:(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    const enabled = words('Enabled').at(0)?.toLowerCase() !== 'no';
    return enabled && words('Types').includes('deb') && words('Components').includes('main')
      ? words('URIs')
      : [];
  });
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function namesIn(folder) {
  return ifPresent(() => readdirSync(folder)) ?? [];
}

/**
 * @param {string} file
 * @returns {string}
 */
function textOf(file) {
  return ifPresent(() => readFileSync(file, 'utf8')) ?? '';
}
