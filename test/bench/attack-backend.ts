import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CreateRunReply } from '#protocol/backend-api.ts';
import { Run } from '#protocol/run.ts';

import { call, createRequest } from '../support/bench.ts';
import { CALLBACK_END, REDIRECT_URI } from '../support/fixtures.ts';
import { startServer } from '../support/server-process.ts';
import { ATTACKS, type AttackedLeg } from './attack-list.ts';

export const LEGS: readonly AttackedLeg[] = ['token', 'premiuminfo', 'jwks'];
export const HEALTHY = 'healthy';
export const profileOf = (attack: number, leg: AttackedLeg) => `attack-${attack}-${leg}`;

/** The backend as it is started for real use, in a process of its own, so that its memory is its own. */
export interface AttackedBackend {
  url: string;
  authorization: string;
  /** Resident megabytes. */
  rss(): number;
  /** One run from opening to verdict. */
  run(profileId: string): Promise<Run>;
  close(): Promise<void>;
}

export async function startAttackedBackend(operatorPort: number): Promise<AttackedBackend> {
  const folder = mkdtempSync(path.join(tmpdir(), 'nvi-attack-'));
  const profilesFile = path.join(folder, 'profiles.json');
  writeFileSync(profilesFile, JSON.stringify({ profiles: profilesAt(`http://127.0.0.1:${operatorPort}`) }));
  const server = startServer(
    {
      NV_PROFILES_FILE: profilesFile,
      NV_DATA_DIR: path.join(folder, 'data'),
      NV_PORT: '0',
      NV_LOG_LEVEL: 'warn',
      SECRET: 'a-client-secret-1',
    },
    folder,
  );
  const [url = '', key = ''] = (await server.pairingLine).split('/#');
  const authorization = `Bearer ${key}`;
  return {
    url,
    authorization,
    rss: () => rssOf(server.child.pid ?? 0),
    run: (profileId) => runOnce(url, authorization, profileId),
    async close() {
      server.child.kill('SIGTERM');
      await server.exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function profilesAt(origin: string): object[] {
  const entry = (id: string, attack: string, leg: string) => ({
    id,
    name: id,
    authorizeUrl: `${origin}/authorize`,
    tokenUrl: `${origin}/${attack}/${leg}/token`,
    premiuminfoUrl: `${origin}/${attack}/${leg}/premiuminfo`,
    ...(leg === 'jwks' ? { jwksUrl: `${origin}/${attack}/${leg}/jwks` } : {}),
    clientId: 'client-1',
    clientSecretEnv: 'SECRET',
    privateAddresses: true,
    idToken: 'optional',
    redirectUri: REDIRECT_URI,
  });
  const attacked = ATTACKS.flatMap((_, at) => LEGS.map((leg) => entry(profileOf(at, leg), String(at), leg)));
  return [entry(HEALTHY, 'none', 'none'), ...attacked];
}

async function runOnce(url: string, authorization: string, profileId: string): Promise<Run> {
  const asked = createRequest({ profileId, scenario: null });
  const created = await call({ url }, 'POST', '/v1/runs', asked, { authorization });
  const { run, authorizeUrl } = CreateRunReply.parse(await created.json());
  const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
  const callbackUrl = `${REDIRECT_URI}?${new URLSearchParams({ code: randomUUID(), state })}`;
  const submission = { hops: [], chainEnd: CALLBACK_END, callbackUrl, numberHash: '0'.repeat(64) };
  await (await call({ url }, 'POST', `/v1/runs/${run.id}/callback`, submission, { authorization })).text();
  return Run.parse(
    await (await call({ url }, 'GET', `/v1/runs/${run.id}`, undefined, { authorization })).json(),
  );
}

function rssOf(pid: number): number {
  const pages = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(pages) / 1024;
}
