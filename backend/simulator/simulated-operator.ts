import { addressesFor, apiPaths, type Ports } from './addresses.ts';
import { allScenarios } from './all-scenarios.ts';
import { answerRequest } from './answer-request.ts';
import { createBackDoor } from './back-door.ts';
import { type Certificates, makeCertificates } from './certificate.ts';
import { closedPort } from './closed-port.ts';
import { createGrants } from './grants.ts';
import type { Counters, OperatorState } from './operator-state.ts';
import type { Scenario } from './scenario.ts';
import { type Listener, startHttpServer, startTlsServer } from './servers.ts';
import { createSessions } from './sessions.ts';
import { makeSigningKeys } from './signing-keys.ts';

export interface SimulatedOperatorOptions {
  /** `tls`: all hosts over real TLS, the enrichment host over plain http. `loopback`: all plain http, with a port. */
  mode: 'tls' | 'loopback';
  client: { id: string; secret: string };
  /** What the client registered; a host of the operator's own counts who asks for it, if left out. */
  redirectUri?: string;
  /** Added before each hop answers (ms), so that a demo looks alive; default 0. */
  hopDelayMs?: number;
  /** How long the enrichment hop of scenario slow-hop takes (ms); default 4000. */
  slowHopMs?: number;
  /** Between which times token and premiuminfo answer (ms), evenly spread; at once if left out. */
  answerMs?: readonly [number, number];
}

export interface SimulatedOperator {
  authorizeUrl: string;
  tokenUrl: string;
  premiuminfoUrl: string;
  jwksUrl: string;
  issuer: string;
  redirectUri: string;
  hosts: { pattern: string; role: string; scheme: 'http' | 'https' }[];
  scenarios: Pick<Scenario, 'name' | 'group' | 'number' | 'about'>[];
  client: { id: string; secret: string };
  ports: Ports;
  /** PEM to trust; null in loopback mode. */
  certificate: string | null;
  /** base64 SHA-256 of the certificate's SPKI; null in loopback mode. */
  spkiHash: string | null;
  counters: Counters;
  /** Every value that was to stay between this operator, one browser and one client: what no log and no record may hold. */
  issuedSecrets(): string[];
  close(): Promise<void>;
}

/** A Mobile Connect operator on 127.0.0.1 that plays a good or a bad day, as the authorize URL's scenario says. */
export async function startSimulatedOperator(options: SimulatedOperatorOptions): Promise<SimulatedOperator> {
  const { mode, client, redirectUri, hopDelayMs = 0, slowHopMs = 4000, answerMs = [0, 0] } = options;
  const [keys, certificates] = await Promise.all([
    makeSigningKeys(),
    mode === 'tls' ? makeCertificates() : null,
  ]);
  const certificate = certificates?.usual ?? null;
  const counters: Counters = {
    authorize: 0,
    hops: 0,
    token: 0,
    premiuminfo: 0,
    jwks: 0,
    redirectUri: 0,
    redirectUriRequests: 0,
  };
  const scenarios = allScenarios.filter(({ tlsOnly }) => mode === 'tls' || !tlsOnly);
  const closing = new AbortController();

  const listener: Listener = (request, response, wire) => answerRequest(request, response, wire, operator);
  const startTls = ({ usual, untrusted, unreadable }: Certificates) =>
    startTlsServer(
      usual,
      (name) => {
        const label = addresses.labelOf(name);
        if (label === 'app') counters.redirectUri += 1;
        if (label === 'no-handshake') return unreadable;
        return label === 'untrusted' ? untrusted : usual;
      },
      listener,
    );
  const http = await startHttpServer(listener);
  const tls = certificates && (await startTls(certificates));
  const back = await (certificates ? startTls(certificates) : startHttpServer(listener));
  const ports = { tls: tls?.port ?? null, http: http.port, back: back.port, closed: await closedPort() };
  const usual = addressesFor(mode, ports);
  const addresses = { ...usual, redirectUri: redirectUri ?? usual.redirectUri };
  const issuer = addresses.api('/mobileconnect');
  const operator: OperatorState = {
    addresses,
    issuer,
    client,
    scenarios,
    sessions: createSessions(),
    grants: createGrants(),
    keys,
    counters,
    backDoor: createBackDoor(back),
    hopDelayMs,
    slowHopMs,
    answerMs,
    closing: closing.signal,
  };

  return {
    authorizeUrl: addresses.api(apiPaths.authorize),
    tokenUrl: addresses.back(apiPaths.token),
    premiuminfoUrl: addresses.back(apiPaths.premiuminfo),
    jwksUrl: addresses.keys,
    issuer,
    redirectUri: addresses.redirectUri,
    hosts: addresses.hosts,
    scenarios: scenarios.map(({ name, group, number, about }) => ({ name, group, number, about })),
    client,
    ports,
    certificate: certificate?.cert ?? null,
    spkiHash: certificate?.spkiHash ?? null,
    counters,
    issuedSecrets: () => [
      ...new Set([client.secret, ...operator.sessions.issued(), ...operator.grants.issued()]),
    ],
    async close() {
      closing.abort();
      await Promise.all([http.close(), tls?.close(), back.close()]);
    },
  };
}
