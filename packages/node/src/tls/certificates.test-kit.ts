import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate with its key, both as PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** What a {@link TestAuthority} is asked to vouch for. */
export interface CertificateRequest {
  /** The common name; `localhost` if left out. */
  readonly subject?: string;
  /** Host names and IPv4 addresses; `localhost` and `127.0.0.1` if left out. */
  readonly hosts?: readonly string[];
  /** What it may be shown as; a server's if left out. */
  readonly usage?: 'server' | 'client';
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate authority that exists for one test run: tests need no openssl, and no certificate that may expire. */
export class TestAuthority {
  /** Its own certificate, as PEM. */
  readonly cert: string;
  readonly #name: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(name = 'Test CA') {
    this.#name = name;
    const isAuthority = extension('551d13', sequence(der(0x01, Buffer.from([0xff]))));
    const maySign = extension('551d0f', bitString(Buffer.from([0x86]), 1));
    this.cert = this.#certify(name, this.#keys.publicKey, [isAuthority, maySign], {});
  }

  /** Its own certificate with the key, as a server shows them that nobody else vouches for. */
  get ownCertificate(): TestCertificate {
    return { cert: this.cert, key: pemOf(this.#keys.privateKey) };
  }

  /** A certificate that it vouches for. */
  issue(request: CertificateRequest = {}): TestCertificate {
    const { subject = 'localhost', hosts = ['localhost', '127.0.0.1'], usage = 'server' } = request;
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const purpose = usage === 'server' ? '2b06010505070301' : '2b06010505070302';
    const extensions = [
      extension('551d13', sequence()),
      extension('551d0f', bitString(Buffer.from([0xa0]), 5)),
      extension('551d25', sequence(objectId(purpose))),
      ...(hosts.length === 0 ? [] : [extension('551d11', sequence(...hosts.map(alternativeName)))]),
    ];
    const cert = this.#certify(subject, publicKey, extensions, request);
    return { cert, key: pemOf(privateKey) };
  }

  /** RFC 5280, section 4.1. */
  #certify(subject: string, publicKey: KeyObject, extensions: readonly Buffer[], validity: CertificateRequest): string {
    const { notBefore = new Date(Date.now() - DAY_MS), notAfter = new Date(Date.now() + DAY_MS) } = validity;
    const algorithm = sequence(objectId('2a8648ce3d040302')); // ECDSA with SHA-256
    const toBeSigned = sequence(
      der(0xa0, der(0x02, Buffer.from([2]))),
      der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      algorithm,
      distinguishedName(this.#name),
      sequence(utcTime(notBefore), utcTime(notAfter)),
      distinguishedName(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(...extensions)),
    );
    const signature = bitString(sign('sha256', toBeSigned, this.#keys.privateKey), 0);
    const base64 = sequence(toBeSigned, algorithm, signature).toString('base64');
    return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** One element of DER (X.690): tag, length, contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  const prefix = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...prefix]), body]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function bitString(bits: Buffer, unusedBits: number): Buffer {
  return der(0x03, Buffer.from([unusedBits]), bits);
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[^\d]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(commonName)))));
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), der(0x01, Buffer.from([0xff])), der(0x04, value));
}
