import { defineConfig } from 'wxt';

/** Gives unpacked and packed Chromium builds one known id, which the backend's Origin rule names. */
const CHROMIUM_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA34imcfGyoM4a7+VXHzn1+LYB5OxwZdsRsCFDgPTZzO3E0Yjq0Z04uDQPce7j99JbZB77iNGt6taF+sf4Xc/0/6WUbI69bzanKYZnSn5YIaZjDr9KhMT0HxbqIemt9S2mHMuWNuGtwohnt6vDgt8QCELDMKC0Vr8gcfsirDajr26Hn9k/6BzNBtmFkT/VShQiGzD+EMgdbsCcYRw/pWKXyA6i13tK55d67pJqyK2XYse7CGmUHIWzc5H1eEExCUaZYClgPfr/l9/3Ke6hDvsWPJBzCkAgwNrsHyTYL0VJ8tprmRmL9hf3R5sYJc+IgmjbDBDaKQLTsdyLIMU0corfiwIDAQAB';

/** Loopback only. Everything else is asked for when a run needs it. */
const LOOPBACK_HOSTS = ['http://127.0.0.1/*', 'http://localhost/*', 'http://*.localhost/*', 'http://[::1]/*'];

/** Hosts of the test bench and the demo, whose permission prompt nobody can click. Only in `--mode e2e`. */
const E2E_HOSTS = ['*://*.operator.test/*', '*://*.relying-party.test/*', '*://login.hotspot.test/*'];

/** What is needed to build and to read it. Tests are left out whole: the packer takes no test file, and half of them are none. */
const SOURCES = [
  ...[
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'wxt.config.ts',
    'setup.mjs',
    'README.md',
    'LICENSE',
  ],
  ...['extension', 'protocol', 'backend', 'docs'].map((folder) => `${folder}/**`),
];

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  outDir: 'dist/extension',
  imports: false,
  manifestVersion: 3,
  modules: ['@wxt-dev/i18n/module'],
  webExt: { disabled: true },
  // By name: whatever else lies in this folder, such as a backend's data, profiles or keys, is no source.
  zip: { includeSources: SOURCES },
  manifest: ({ browser, mode }) => ({
    name: 'Number Verify Inspector',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    // Blocks one address in the tab that a chain is walked in. Chromium lets nobody use it who asks only later (docs/facts.md).
    permissions: [
      'storage',
      'webRequest',
      browser === 'firefox' ? 'declarativeNetRequest' : 'declarativeNetRequestWithHostAccess',
    ],
    optional_permissions: ['cookies'],
    host_permissions: mode === 'e2e' ? [...LOOPBACK_HOSTS, ...E2E_HOSTS] : LOOPBACK_HOSTS,
    optional_host_permissions: ['*://*/*'],
    // Nothing that browsers use; a person may change it. Phones have no commands and leave it out.
    commands: { _execute_action: { suggested_key: { default: 'Alt+Shift+V' } } },
    incognito: 'not_allowed',
    action: { default_icon: { 16: 'icon/16.png', 24: 'icon/24.png', 32: 'icon/32.png', 48: 'icon/48.png' } },
    // Firefox's default would rewrite our own http requests to https; see docs/facts.md.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'number-verify-inspector@number-verify-inspector.example',
              // The first versions that ask about the data below, on desks and on phones.
              strict_min_version: '140.0',
              // To the backend that the person chose, and to no one else: still to outside the browser (docs/privacy.md).
              data_collection_permissions: { required: ['personallyIdentifyingInfo', 'browsingActivity'] },
            },
            gecko_android: { strict_min_version: '142.0' },
          },
        }
      : {
          // Present and empty: no page and no other extension may speak to this one. Firefox has no such key.
          externally_connectable: { ids: [], matches: [] },
          key: CHROMIUM_KEY,
          // Firefox takes policies without a schema.
          storage: { managed_schema: 'managed-schema.json' },
          minimum_chrome_version: '126',
        }),
  }),
  vite: () => ({
    // Never the development transform: it writes the builder's own paths into the bundle.
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: { target: 'es2022', sourcemap: false },
  }),
});
