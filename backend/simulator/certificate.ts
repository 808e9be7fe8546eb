import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
  /** base64 SHA-256 of the SPKI: what Chromium's --ignore-certificate-errors-spki-list takes. */
  spkiHash: string;
}

/** One throw-away certificate for all hosts: real TLS without touching anybody's trust store. */
export async function makeCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'operator.test' }], {
    keyType: 'ec',
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
