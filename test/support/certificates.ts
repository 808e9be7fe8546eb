/** Certificates for tests, made on the spot. */
import { generate } from 'selfsigned';

interface Certificate {
  key: string;
  cert: string;
}

const DATES = {
  keySize: 2048,
  algorithm: 'sha256',
  notBeforeDate: new Date(Date.now() - 86_400_000),
  notAfterDate: new Date(Date.now() + 86_400_000),
} as const;

/** Self-signed, for 127.0.0.1 unless another name is given; signed by an authority where there is one. */
export async function certificateFor(altName = '127.0.0.1', ca?: Certificate): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: altName }], {
    ...DATES,
    ...(ca ? { ca } : {}),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [/^[\d.]+$/.test(altName) ? { type: 7, ip: altName } : { type: 2, value: altName }],
      },
    ],
  });
  return { key, cert };
}

/** An authority that a company has of its own. */
export async function ownAuthority(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Authority of a test' }], {
    ...DATES,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key, cert };
}
