import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findKeyring } from '../../tools/qemu/prerequisites.mjs';

const program = fileURLToPath(new URL('../../tools/install-qemu.mjs', import.meta.url));
const nowhere = 'http://127.0.0.1:9/debian';
const obstacle = whatKeepsFromInstalling();

let folder: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'install-qemu-'));
  cache = join(folder, 'cache');
  mkdirSync(join(folder, 'sources.list.d'));
  // Apt keeps the machine's settings and takes these on top: no second attempts, sources of our own.
  writeFileSync(join(folder, 'apt.conf'), `Acquire::Retries "0";\nDir::Etc "${folder}";\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

function installQemu(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { status: number | null; stdout: string; stderr: string } {
  const settings = { PATH: process.env['PATH'], QMP_QEMU_CACHE: cache, APT_CONFIG: join(folder, 'apt.conf') };
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...settings, ...env } });
}

describe('tools/install-qemu.mjs', () => {
  it('explains itself', () => {
    const { status, stdout } = installQemu(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: node tools/install-qemu.mjs');
    expect(stdout).toContain(cache);
  });

  it('refuses a version that it does not know, before it installs any', () => {
    const { status, stderr } = installQemu(['10.0', '9.9']);
    expect(status).toBe(2);
    expect(stderr).toBe('install-qemu: unknown QEMU version "9.9": expected 5.2, 7.2, 10.0, 11.1 (--help explains)\n');
    expect(existsSync(cache)).toBe(false);
  });

  it('refuses an option that it does not know', () => {
    const { status, stderr } = installQemu(['--fast']);
    expect(status).toBe(2);
    expect(stderr).toContain("Unknown option '--fast'");
  });

  it('lists nothing where nothing is installed', () => {
    expect(installQemu(['--list']).stdout).toBe(`nothing is installed in ${cache}\n`);
  });

  it('lists what is installed, and only what is wholly so', () => {
    pretendInstalled('7.2');
    mkdirSync(join(cache, '10.0', 'bin'), { recursive: true });
    expect(installQemu(['--list']).stdout.split('\n')).toEqual([
      '7.2 (1:7.2+test, 3 MB)',
      ...['qemu-system-x86_64', 'qemu-storage-daemon', 'qemu-ga', 'qemu-img'].map(
        (name) => `  ${join(cache, '7.2', 'bin', name)}`,
      ),
      '',
    ]);
  });

  it('leaves alone what is installed', () => {
    pretendInstalled('7.2');
    const { status, stdout } = installQemu(['7.2'], { DEBIAN_MIRROR: nowhere });
    expect(status).toBe(0);
    expect(stdout).toBe('7.2: was installed before, 3 MB: a QEMU for tests\n');
  });

  it('says what a system without Debian tools lacks', () => {
    const { status, stderr } = installQemu(['10.0'], { PATH: folder });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^install-qemu: apt-get is missing: .+\n$/);
  });
});

describe.skipIf(obstacle !== undefined)(
  `tools/install-qemu.mjs with apt${obstacle === undefined ? '' : ` (skipped: ${obstacle})`}`,
  () => {
    it('refuses a mirror that is not a URL', () => {
      const { status, stderr } = installQemu(['10.0'], { DEBIAN_MIRROR: 'somewhere' });
      expect(status).toBe(1);
      expect(stderr).toContain('DEBIAN_MIRROR is "somewhere": expected a URL such as http');
    });

    it('says that a mirror cannot be reached and leaves nothing behind', () => {
      const { status, stderr } = installQemu(['10.0'], { DEBIAN_MIRROR: nowhere });
      expect(status).toBe(1);
      expect(stderr).toMatch(
        /^install-qemu: cannot get QEMU 10\.0 from http:\/\/127\.0\.0\.1:9\/debian \(trixie: .*refused\).*\n$/,
      );
      expect(readdirSync(cache)).toEqual([]);
    });

    it('tries the next suite when the first is of no use', () => {
      const { stderr } = installQemu(['11.1'], { DEBIAN_MIRROR: nowhere });
      expect(stderr).toMatch(/trixie-backports: .*; sid: /);
    });

    it('says that the cache folder cannot be written to', () => {
      writeFileSync(cache, 'a file where a folder should be');
      const { status, stderr } = installQemu(['10.0'], { DEBIAN_MIRROR: nowhere });
      expect(status).toBe(1);
      expect(stderr).toContain(`cannot write to the cache folder ${cache} (EEXIST)`);
    });

    it.each([
      [
        'one line per source',
        'sources.list',
        `deb [arch=amd64 signed-by=/k] http://127.0.0.1:9/tool/debian any main\ndeb ${nowhere}/ trixie contrib main\n`,
      ],
      [
        'paragraphs',
        'sources.list.d/a.sources',
        `Types: deb\nURIs: http://127.0.0.1:9/debian-security\nComponents: main\n\nTypes: deb-src deb\nURIs:\n  ${nowhere}\nSuites: trixie\nComponents: main\n`,
      ],
    ])("takes the mirror from apt's sources (%s)", (_format, file, text) => {
      writeFileSync(join(folder, file), text);
      expect(installQemu(['10.0']).stdout).toBe(`10.0: reading the package lists of Debian trixie from ${nowhere}\n`);
    });
  },
);

function whatKeepsFromInstalling(): string | undefined {
  try {
    findKeyring();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function pretendInstalled(version: string): void {
  mkdirSync(join(cache, version), { recursive: true });
  const marker = { version, debianVersion: `1:${version}+test`, reports: 'a QEMU for tests', bytes: 3e6 };
  writeFileSync(join(cache, version, 'installed.json'), JSON.stringify(marker));
}
