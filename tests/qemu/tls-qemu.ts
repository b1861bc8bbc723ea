import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QmpClient } from 'qmp';
import { TestAuthority, type TestCertificate } from '../../packages/node/src/tls/certificates.test-kit.ts';
import type { TestedVersion } from './describe-versions.ts';
import { portOf } from './port-of.ts';
import { connect, type Listening, startQemu } from './qemu-process.ts';
import { temporaryFolder } from './test-process.ts';

/** Vouches for the servers, and for the clients that they let in. */
export const authority: TestAuthority = new TestAuthority();
/** What QEMU is given in `keys.psk`. */
export const psk: { readonly identity: string; readonly key: string } = {
  identity: 'qemu',
  key: '8c2f5d61a3b94e07f1d0c7be52a86394',
};
/** Who a client is. */
export const clientCertificate: TestCertificate = authority.issue({ usage: 'client', subject: 'client', hosts: [] });

/** A QEMU with one monitor more, at a TLS port of this machine. */
export interface TlsQemu extends Listening {
  readonly port: number;
  /** The client of its other monitor, at a UNIX socket. */
  readonly observer: QmpClient;
}

/** QEMU with a monitor that asks for certificates, from clients too unless told otherwise. */
export async function startCertificateQemu(version: TestedVersion<'qemu'>, verifyPeer = true): Promise<TlsQemu> {
  const verification = `endpoint=server,verify-peer=${verifyPeer ? 'yes' : 'no'}`;
  const folder = credentialsFolder('server', authority.issue());
  return await startTlsQemu(version, `tls-creds-x509,id=tls0,dir=${folder},${verification}`);
}

/** What a QEMU is given that dials by TLS. */
export function clientFolder(): string {
  return credentialsFolder('client', clientCertificate);
}

/** QEMU with a monitor for those who know the pre-shared key. */
export async function startPskQemu(version: TestedVersion<'qemu'>): Promise<TlsQemu> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'keys.psk'), `${psk.identity}:${psk.key}\n`);
  return await startTlsQemu(version, `tls-creds-psk,id=tls0,dir=${folder},endpoint=server`);
}

async function startTlsQemu(version: TestedVersion<'qemu'>, credentials: string): Promise<TlsQemu> {
  const chardev = 'socket,id=tls,host=127.0.0.1,port=0,server=on,wait=off,tls-creds=tls0';
  const monitor = ['-chardev', chardev, '-mon', 'chardev=tls,mode=control'];
  const qemu = startQemu(version, ['-object', credentials, ...monitor]);
  const observer = await connect(qemu);
  return { ...qemu, observer, port: await portOf(observer, 'tls') };
}

/** By the names that QEMU looks for. */
function credentialsFolder(endpoint: 'server' | 'client', { cert, key }: TestCertificate): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ca-cert.pem'), authority.cert);
  writeFileSync(join(folder, `${endpoint}-cert.pem`), cert);
  writeFileSync(join(folder, `${endpoint}-key.pem`), key);
  return folder;
}
