import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInitrd, installGuest } from '../../tools/guest/index.mjs';
import type { TestedVersion } from '../qemu/describe-versions.ts';
import { portOf } from '../qemu/port-of.ts';
import { connect, type Listening, startQemu } from '../qemu/qemu-process.ts';
import { temporaryFolder } from '../qemu/test-process.ts';

/** A running QEMU whose guest's agent is behind a WebSocket of QEMU's own. */
export interface Guest {
  readonly qemu: Listening;
  /** `127.0.0.1:40123` */
  readonly host: string;
}

/** Boots a guest that runs the agent of this very version, which takes some seconds; what is asked before that waits. */
export async function startGuest(version: TestedVersion<'guestAgent'>, credentials?: string): Promise<Guest> {
  const guest = await installGuest();
  const initrd = join(temporaryFolder(), 'initrd');
  writeFileSync(initrd, await buildInitrd(guest, version));
  const boot = ['-kernel', join(guest, 'vmlinuz'), '-initrd', initrd, '-append', 'quiet panic=-1', '-no-reboot'];
  const tls = credentials === undefined ? '' : ',tls-creds=tls0';
  const chardev = `socket,id=agent,host=127.0.0.1,port=0,server=on,wait=off,websocket=on${tls}`;
  const port = ['-chardev', chardev, '-device', 'virtserialport,chardev=agent,name=org.qemu.guest_agent.0'];
  const machine = ['-machine', 'pc', '-m', '256', '-device', 'virtio-serial-pci', ...port];
  if (version.qemu === undefined) throw new Error(`There is an agent of ${version.version}, but no QEMU`);
  const qemu = startQemu({ ...version, qemu: version.qemu }, [
    ...(credentials === undefined ? [] : ['-object', credentials]),
    ...machine,
    ...boot,
  ]);
  const monitor = await connect(qemu);
  return { qemu, host: `127.0.0.1:${await portOf(monitor, 'agent')}` };
}
