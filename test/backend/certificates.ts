// Certificates for the tests, made in the run: an authority, an intermediate one, and every kind of server certificate.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { md, pki } from 'node-forge';

export type Certificate = {
  /** PEM */
  readonly certificate: string;
  /** PEM, PKCS #8 */
  readonly key: string;
};

type Wish = {
  readonly name: string;
  readonly issuer?: Certificate;
  /** Host names and addresses; none for an authority. */
  readonly hosts?: readonly string[];
  /** Days from today. */
  readonly from?: number;
  readonly until?: number;
};

const DAY = 86_400_000;

export function makeCertificate({ name, issuer, hosts, from = -1, until = 30 }: Wish): Certificate {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(keys.publicKey);
  // Positive and without needless zeros, as DER wants its integers.
  certificate.serialNumber = `01${randomBytes(8).toString('hex')}`;
  certificate.validity.notBefore = new Date(Date.now() + from * DAY);
  certificate.validity.notAfter = new Date(Date.now() + until * DAY);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(issuer ? pki.certificateFromPem(issuer.certificate).subject.attributes : subject);
  certificate.setExtensions(hosts ? serverExtensions(hosts) : authorityExtensions());
  certificate.sign(pki.privateKeyFromPem(issuer?.key ?? keys.privateKey), md.sha256.create());
  return { certificate: pki.certificateToPem(certificate), key: keys.privateKey };
}

function authorityExtensions(): object[] {
  return [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ];
}

const DNS = 2;
const ADDRESS = 7;

function serverExtensions(hosts: readonly string[]): object[] {
  const altNames = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? { type: ADDRESS, ip: host } : { type: DNS, value: host },
  );
  return [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ];
}
