import { afterAll, beforeAll, describe } from 'vitest';

import { openPostgresDoor } from '../../../backend/store/door/open-postgres-door.ts';
import { PATIENT } from '../../../backend/store/postgres/open-pool.ts';
import { openPostgresRunStore } from '../../../backend/store/postgres/postgres-run-store.ts';
import { askPostgres, debianPrograms, type Postgres, startPostgres } from '../../support/postgres.ts';
import { testRunStore } from './contract.ts';
import { testDoorStore } from './door-contract.ts';
import { testLeases } from './lease-contract.ts';

const debian = debianPrograms();
const SERVERS = [
  { server: 'PostgreSQL of the packages', programs: undefined },
  ...(debian ? [{ server: `PostgreSQL ${debian.version} of Debian`, programs: debian.programs }] : []),
];

describe.each(SERVERS)('$server', ({ programs }) => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres([], programs);
  });
  afterAll(() => postgres.close());

  let url = '';
  const open = async (leaseMs?: number) => {
    url = await postgres.database();
    return openPostgresRunStore({ limits: PATIENT, url, instance: 'one', ...(leaseMs ? { leaseMs } : {}) });
  };
  const setClock = async (byMs: number) =>
    void (await askPostgres(url, `update runs set lease_until = lease_until - ${byMs}`));

  testRunStore('the store in PostgreSQL (B16, B17, PR3, PR5, S12, S13, S14)', () => open());
  testLeases('the store in PostgreSQL (K5, K8)', open, setClock);
  testDoorStore('the door in PostgreSQL (B1, T32)', async () =>
    openPostgresDoor(await postgres.database(), () => undefined),
  );
});
