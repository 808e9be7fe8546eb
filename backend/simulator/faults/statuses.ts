import type { FaultScenario, Reply } from '../scenario.ts';
import { chainFault, discoveryFault, htmlPage } from './hop-answers.ts';

const tooMany = (retryAfter: string): Reply => ({ status: 429, headers: { 'retry-after': retryAfter } });
const found = 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {next}\r\n\r\n';

/** A27, A29, A30, A32: statuses that lead nowhere. */
export const statuses: readonly FaultScenario[] = [
  chainFault('api-path-wrong', 'Nothing is at the authorize path, as when /mobileconnect is missing (A24).', {
    authorize: { answer: htmlPage('Not found', '', 404) },
  }),
  discoveryFault('hop-404', 'A hop in mid-chain is not there (A30).', htmlPage('Not found', '', 404)),
  discoveryFault('asks-for-password', 'A hop asks for a user name and a password (A27).', {
    status: 401,
    headers: { 'www-authenticate': 'Basic realm="operator"' },
  }),
  discoveryFault('hop-403', 'A hop forbids the request (A27).', htmlPage('Forbidden', '', 403)),
  discoveryFault(
    'throttled-seconds',
    'A hop is asked too often and says for how many seconds (A29).',
    tooMany('7'),
  ),
  discoveryFault(
    'throttled-date',
    'A hop is asked too often and says until when (A29).',
    tooMany('Fri, 31 Dec 2060 23:59:59 GMT'),
  ),
  discoveryFault(
    'throttled-garbage',
    'A hop is asked too often and says nothing useful (A29).',
    tooMany('soon'),
  ),
  discoveryFault(
    'throttled-ten-years',
    'A hop is asked too often and wants ten years (A29).',
    tooMany('315360000'),
  ),
  ...[500, 502, 503, 504].map((status) =>
    discoveryFault(
      `hop-${status}`,
      `A hop answers ${status} with a page (A30).`,
      htmlPage(`${status}`, '', status),
    ),
  ),
  discoveryFault('hop-300', 'A hop offers several places (A32).', {
    status: 300,
    headers: { location: '{next}' },
  }),
  discoveryFault('hop-304', 'A hop says that nothing has changed (A32).', { status: 304 }),
  discoveryFault('hop-206', 'A hop answers a part nobody asked for (A32).', {
    status: 206,
    headers: { 'content-range': 'bytes 0-3/4', 'content-type': 'text/plain' },
    body: 'part',
  }),
  discoveryFault('hop-204', 'A hop answers nothing at all, and well (A32).', { status: 204 }),
  discoveryFault('continue-flood', 'A hop says 100 a thousand times, then redirects (A32).', {
    raw: 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000) + found,
  }),
  discoveryFault('hints-storm', 'A hop sends a hundred early hints, then redirects (A32).', {
    raw: 'HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'.repeat(100) + found,
  }),
  discoveryFault('not-http', 'A hop answers what is no HTTP (A32).', { raw: 'SSH-2.0-OpenSSH_9.9\r\n' }),
];
