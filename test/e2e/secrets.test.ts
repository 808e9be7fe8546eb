import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { runJson } from '../../backend/demo/run-json.ts';
import type { Run } from '../../protocol/run.ts';
import { type E2eStage, startE2e } from '../support/e2e-stage.ts';

let e2e: E2eStage;
let run: Run;
let stored: { local: string; session: string; popup: string };
let canaries: Record<string, string>;

beforeAll(async () => {
  e2e = await startE2e();
  const popup = await e2e.popup();
  run = await e2e.run(popup, 'match');
  const number = e2e.operator.scenarios.find(({ name }) => name === 'match')?.number ?? '';
  canaries = {
    number,
    digits: number.slice(1),
    national: number.slice(3),
    hash: createHash('sha256').update(number).digest('hex'),
    secret: e2e.operator.client.secret,
    key: e2e.accessKey,
  };
  stored = {
    local: JSON.stringify(await popup.evaluate('chrome.storage.local.get()')),
    session: JSON.stringify(await popup.evaluate("chrome.storage.session.get(['savedRun', 'pendingRun'])")),
    popup: await popup.evaluate('document.documentElement.outerHTML'),
  } as typeof stored;
});
afterAll(() => e2e.close());

/** The canaries found in `text`, by name. */
function found(text: string, ...except: string[]): string[] {
  return Object.entries(canaries)
    .filter(([name, value]) => !except.includes(name) && text.includes(value))
    .map(([name]) => name);
}

test('the search finds what it looks for', () => {
  expect(found(`x ${canaries.hash} y`)).toEqual(['hash']);
  expect(canaries.number).toMatch(/^\+4477009009\d\d$/);
});

test('the backend’s log holds no number, hash, secret or key, at its most talkative (PR3)', () => {
  expect(e2e.logLines.length).toBeGreaterThan(3);
  expect(found(e2e.logLines.join(''))).toEqual([]);
});

test('the record and what the demo prints of it hold none (PR3)', () => {
  expect(run.verdict).toBe('match');
  expect(found(JSON.stringify(run))).toEqual([]);
  expect(found(JSON.stringify(runJson('match', run)))).toEqual([]);
  expect(JSON.stringify(run)).toContain('‹state:1›');
});

test('what the extension keeps on disk holds none but the backend’s key; the run it shows holds none (PR3)', () => {
  expect(found(stored.local, 'key')).toEqual([]);
  expect(found(stored.session)).toEqual([]);
});

test('no code, token, state or nonce stands in clear in the record: every value of a known shape is a stand-in (PR3)', () => {
  const text = JSON.stringify(run);
  expect(text).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}/);
  for (const name of [
    'code',
    'state',
    'nonce',
    'access_token',
    'id_token',
    'code_verifier',
    'device_msisdn_hash',
  ]) {
    for (const [, value] of text.matchAll(new RegExp(`[?&"\\\\]${name}(?:=|\\\\":\\\\")([^&"\\\\]+)`, 'g'))) {
      expect(value).toMatch(/^‹/);
    }
  }
});

test('the popup shows the finished run without the number (PR3)', () => {
  expect(found(stored.popup)).toEqual([]);
});

test('the built extension, as it ships, holds no secret of the backend (PR2)', () => {
  const files = globSync('dist/extension/chrome-mv3/**/*.{js,json,html,css}');
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    expect(found(text)).toEqual([]);
    expect(text).not.toMatch(/NV_CLIENT_SECRET|simulated-secret/);
  }
});
