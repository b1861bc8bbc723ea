import { spawnSync } from 'node:child_process';
import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { installQemu } from '../../tools/qemu/install.mjs';
import type { SchemaSource } from '../../tools/qemu/index.mjs';
import { installedQemu } from '../../tools/qemu/installed.mjs';
import { defaultVersions } from '../../tools/qemu/releases.mjs';
import { fetchSchemaSources } from '../../tools/qemu/schema-sources.mjs';
import { isContinuousIntegration } from '../continuous-integration.ts';
import type { TestedQemu } from './tested-qemu.ts';

/**
 * Brings the QEMU versions that the tests are for, with the source of their schemas, and tells the tests which are there. Vitest calls it only when a test
 * of its project is to run, and calls what it returns after the last one.
 */
export async function setup(project: TestProject): Promise<() => void> {
  const faults = await installMissing();
  if (faults.length > 0 && isContinuousIntegration()) {
    throw new Error(`A QEMU version to test with is missing, which CI does not accept:\n${faults.join('\n')}`);
  }
  const installed = installedQemu().map((qemu): TestedQemu => ({ ...qemu, major: Number.parseInt(qemu.version, 10) }));
  const found = faults.length === 0 ? undefined : findOnPath();
  const tested = found === undefined ? installed : [...installed, found];
  const schemas = await fetchSchemaSources({ report: (line) => process.stderr.write(`QEMU ${line}\n`) });
  const warn = (): void => {
    if (faults.length > 0) process.stderr.write(describeOmission(faults, tested));
    process.stderr.write(describeMissingSchemas(schemas));
  };
  warn();
  project.provide('testedQemu', tested);
  project.provide('schemaSources', schemas);
  return warn;
}

/** @returns what went wrong, a line per version that could not be installed. */
async function installMissing(): Promise<string[]> {
  const present = new Set(installedQemu().map(({ version }) => version));
  const faults: string[] = [];
  for (const version of defaultVersions.filter((required) => !present.has(required))) {
    try {
      await installQemu([version], { report: (line) => process.stderr.write(`QEMU ${line}\n`) });
    } catch (error) {
      faults.push(`QEMU ${version}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return faults;
}

function findOnPath(): TestedQemu | undefined {
  const number = /version (\d+)\.(\d+)/.exec(firstWordsOf('qemu-system-x86_64') ?? '');
  if (number === null) return undefined;
  const programs = { storageDaemon: 'qemu-storage-daemon', guestAgent: 'qemu-ga' };
  const others = Object.entries(programs).filter(([, program]) => firstWordsOf(program) !== undefined);
  return {
    version: `${number[1]}.${number[2]} on PATH`,
    major: Number(number[1]),
    qemu: 'qemu-system-x86_64',
    ...Object.fromEntries(others),
  };
}

/** What the program calls itself; undefined when it is not there or does not run. */
function firstWordsOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

function describeOmission(faults: readonly string[], tested: readonly TestedQemu[]): string {
  const versions = tested.map(({ version }) => version).join(', ');
  const consequence =
    versions === ''
      ? 'There is no QEMU at all: every test that needs one is skipped.'
      : `Tested with ${versions} only.`;
  return `\n*** NOT ALL QEMU VERSIONS ARE TESTED ***\n${faults.join('\n')}\n${consequence}\n\n`;
}

function describeMissingSchemas(schemas: readonly SchemaSource[]): string {
  const lines = schemas.flatMap(({ version, folder, tests, reason }) => {
    if (reason === undefined) return [];
    const missing = [...(folder === undefined ? ['the schemas'] : []), ...(tests === undefined ? ['their tests'] : [])];
    return [`QEMU ${version}: ${missing.join(' and ')} are left out: ${reason}`];
  });
  return lines.length === 0 ? '' : `\n*** NOT ALL QEMU SCHEMAS ARE TESTED ***\n${lines.join('\n')}\n\n`;
}
