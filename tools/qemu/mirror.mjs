// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ifPresent } from './if-present.mjs';
import { run } from './run.mjs';

const publicMirror = 'http://deb.debian.org/debian';

/**
 * The Debian archive to download from: `$DEBIAN_MIRROR`, else the one in apt's own sources,
 * else (on Ubuntu, for example) the public one. Packages are signed, so plain HTTP is as safe.
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<string>} a URL without a slash at its end
 * @throws {Error} when `$DEBIAN_MIRROR` is not a URL
 */
export async function debianMirror(signal) {
  const chosen = process.env['DEBIAN_MIRROR'];
  if (chosen && !/^[a-z][a-z+]*:\/?\S+$/.test(chosen)) {
    throw new Error(`DEBIAN_MIRROR is "${chosen}": expected a URL such as ${publicMirror}`);
  }
  // Others keep a folder of that name too, further down: https://packages.example.org/tool/debian
  const [shortest] = (await sourceUrls(signal))
    .filter((url) => /\/debian(\.list)?\/?$/.test(url))
    .sort((one, other) => one.length - other.length);
  return (chosen || shortest || publicMirror).replace(/\/+$/, '');
}

/**
 * The URLs of apt's binary package sources that have a `main` component.
 * `apt-get indextargets` would know them, but only after an `apt-get update`.
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<string[]>}
 */
async function sourceUrls(signal) {
  const places = ['LIST', 'Dir::Etc::sourcelist/f', 'PARTS', 'Dir::Etc::sourceparts/d'];
  const answer = await run('apt-config', ['shell', ...places], signal);
  const [, list = ''] = /^LIST='(.*)'$/m.exec(answer) ?? [];
  const [, parts = ''] = /^PARTS='(.*)'$/m.exec(answer) ?? [];
  const names = ifPresent(() => readdirSync(parts)) ?? [];
  return [list, ...names.map((name) => join(parts, name))].flatMap((file) => {
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
  const line = /^[ \t]*deb[ \t]+(?:\[[^\]]*\][ \t]*)?(\S+)[ \t]+\S+[^#\n]*[ \t]main\b/gm;
  return [...text.matchAll(line)].map(([, url = '']) => url);
}

/**
 * `Types: deb`, `URIs: URL...`, `Components: main ...` in paragraphs.
 * @param {string} text
 * @returns {string[]}
 */
function stanzaUrls(text) {
  return text.split(/\n[ \t]*\n/).flatMap((stanza) => {
    /** @param {string} name */
    const words = (name) => {
      const [, value = ''] = new RegExp(`^${name}:(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza) ?? [];
      return value.trim().split(/\s+/);
    };
    const isMain = words('Types').includes('deb') && words('Components').includes('main');
    return isMain && words('Enabled')[0]?.toLowerCase() !== 'no' ? words('URIs') : [];
  });
}

/**
 * @param {string} file
 * @returns {string}
 */
function textOf(file) {
  return ifPresent(() => readFileSync(file, 'utf8')) ?? '';
}
