import { spawnSync } from 'node:child_process';

/** Says its versions, and fails where a client cannot be told to read more than 10 MiB at a time. */
const PROBE = `
import importlib.metadata, platform, qemu.qmp
qemu.qmp.QMPClient(readbuflen=1)
print(f"qemu.qmp {importlib.metadata.version('qemu.qmp')} on Python {platform.python_version()}")
`;

/**
 * The reference, where the machine has it.
 *
 * @returns {{ readonly executable: string, readonly description: string } | undefined}
 */
export function findPython() {
  const { status, stdout } = spawnSync('python3', ['-c', PROBE], { encoding: 'utf8' });
  return status === 0 ? { executable: 'python3', description: stdout.trim() } : undefined;
}
