/** Certificates for tests, made on the spot. */
import { generate } from 'selfsigned';

/** Self-signed, for 127.0.0.1 unless another name is given. */
export async function certificateFor(altName = '127.0.0.1'): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: altName }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 86_400_000),
    notAfterDate: new Date(Date.now() + 86_400_000),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [/^[\d.]+$/.test(altName) ? { type: 7, ip: altName } : { type: 2, value: altName }],
      },
    ],
  });
  return { key, cert };
}
