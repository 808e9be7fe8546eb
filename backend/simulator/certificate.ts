import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
  /** base64 SHA-256 of the SPKI: what Chromium's --ignore-certificate-errors-spki-list takes. */
  spkiHash: string;
}

export interface Certificates {
  usual: Certificate;
  /** Like it, and vouched for by nobody. */
  untrusted: Certificate;
  /** On a curve that browsers do not take. */
  unreadable: Certificate;
}

export async function makeCertificates(): Promise<Certificates> {
  const [usual, untrusted, unreadable] = await Promise.all([
    makeCertificate(),
    makeCertificate(),
    makeCertificate('P-521'),
  ]);
  return { usual, untrusted, unreadable };
}

/** One throw-away certificate for all hosts: real TLS without touching anybody's trust store. */
async function makeCertificate(curve: 'P-256' | 'P-521' = 'P-256'): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'operator.test' }], {
    keyType: 'ec',
    curve,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: '*.operator.test' },
          { type: 2, value: '*.relying-party.test' },
        ],
      },
    ],
  });
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: made.private,
    cert: made.cert,
    spkiHash: createHash('sha256').update(spki).digest('base64'),
  };
}
