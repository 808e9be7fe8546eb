import type { FastifyInstance } from 'fastify';

import { StartError } from './start-error.ts';

/** Listens, on this machine only unless told otherwise, and says in one sentence why where it cannot. Returns the port. */
export async function listen(app: FastifyInstance, port: number, host = '127.0.0.1'): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EADDRINUSE') {
      throw new StartError(
        'start.port_in_use',
        `Port ${port} is taken, perhaps by another backend. Stop that one, or set NV_PORT.`,
      );
    }
    throw new StartError(
      'start.cannot_listen',
      `Cannot listen on ${host}:${port} (${code}). Set NV_PORT or NV_LISTEN_HOST to what this machine has.`,
    );
  }
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : port;
}
