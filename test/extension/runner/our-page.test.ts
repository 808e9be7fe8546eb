import { expect, test } from 'vitest';

import { isOurPage, type Sender } from '../../../extension/runner/our-page.ts';

const ID = 'hmbjhieaeojlfhgikkoflgniicpghdml';
const root = `chrome-extension://${ID}/`;
const isOurs = (sender: Sender | undefined) => isOurPage(sender, { id: ID, root });
/** As Chromium tells of the popup and Firefox of a tab. */
const popup = { id: ID, url: `${root}popup.html`, origin: root.slice(0, -1), documentLifecycle: 'active' };
const tab = { id: ID, url: `${root}inspector.html?view=a#/runs`, frameId: 0 };

test.each([popup, tab, { ...tab, url: `${root}options.html` }])('the page $url is heard', (sender) => {
  expect(isOurs(sender)).toBe(true);
});

test.each<[string, Sender | undefined]>([
  ['nobody', undefined],
  ['another extension', { ...popup, id: 'another' }],
  ['a web page', { ...tab, url: 'https://evil.test/popup.html' }],
  ['a web page whose address begins like ours', { ...tab, url: `https://evil.test/${root}popup.html` }],
  ['a host whose name begins like our id', { ...tab, url: `${root.slice(0, -1)}.evil.test/popup.html` }],
  ['a page of ours that has no business here', { ...tab, url: `${root}background.js` }],
  ['a page below ours', { ...tab, url: `${root}popup.html/popup.html` }],
  ['a content script', { id: ID, url: 'https://operator.test/', frameId: 0 }],
  ['a document without an address', { id: ID }],
  ['our page in a frame', { ...tab, frameId: 7 }],
  ['our page in a sandbox', { ...tab, origin: 'null' }],
  ['our page loaded in advance, which nobody has opened', { ...popup, documentLifecycle: 'prerender' }],
  ['our page that was left', { ...tab, documentLifecycle: 'cached' }],
])('%s is refused (X4, PR8)', (_, sender) => {
  expect(isOurs(sender)).toBe(false);
});
