/** What the extension as it ships asks of a browser, held exactly: whatever comes to it has to come to this file too. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import config from '../../wxt.config.ts';
import { extensionFolder } from '../support/built-extension.ts';
import { ICON_SIZES } from '../support/icon-sizes.ts';

type Browser = 'chromium' | 'firefox';
interface Manifest {
  host_permissions: string[];
  icons: Record<string, string>;
  action: { default_icon: Record<string, string> };
  [key: string]: unknown;
}

function manifestOf(browser: Browser): Manifest {
  return JSON.parse(
    readFileSync(`${extensionFolder('production', browser)}/manifest.json`, 'utf8'),
  ) as Manifest;
}

/** Keys that say what the thing is called and looks like, and ask for nothing. */
const HARMLESS = ['manifest_version', 'name', 'description', 'version', 'default_locale', 'icons', 'action'];
const SAME_IN_BOTH = {
  manifest_version: 3,
  optional_permissions: ['cookies'],
  optional_host_permissions: ['*://*/*'],
  incognito: 'not_allowed',
  content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
};

describe('PR8: the extension as it ships', () => {
  test('asks Chromium for these permissions, and opens no door to pages or other extensions', () => {
    const manifest = manifestOf('chromium');
    expect(manifest).toMatchObject(SAME_IN_BOTH);
    expect(manifest).toMatchObject({
      permissions: ['storage', 'webRequest', 'declarativeNetRequestWithHostAccess'],
      minimum_chrome_version: '126',
      background: { service_worker: 'background.js' },
    });
    // Not toMatchObject: an empty list there matches any list.
    expect(manifest.externally_connectable).toEqual({ ids: [], matches: [] });
    expect(manifest.storage).toEqual({ managed_schema: 'managed-schema.json' });
  });

  test('asks Firefox for these, and says for which versions and what it sends', () => {
    const manifest = manifestOf('firefox');
    expect(manifest).toMatchObject(SAME_IN_BOTH);
    expect(manifest).toMatchObject({
      permissions: ['storage', 'webRequest', 'declarativeNetRequest'],
      background: { scripts: ['background.js'] },
    });
    expect(manifest.browser_specific_settings).toEqual({
      gecko: {
        id: 'number-verify-inspector@number-verify-inspector.example',
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['personallyIdentifyingInfo', 'browsingActivity'] },
      },
      gecko_android: { strict_min_version: '142.0' },
    });
  });

  test.each([
    ['chromium', ['key', 'minimum_chrome_version', 'externally_connectable', 'storage']],
    ['firefox', ['browser_specific_settings']],
  ] as const)('has no other keys in %s: no content scripts, nothing that a page can load', (browser, own) => {
    const asking = ['permissions', 'optional_permissions', 'host_permissions', 'optional_host_permissions'];
    const doors = ['background', 'options_ui', 'incognito', 'content_security_policy', 'commands'];
    const known: string[] = [...HARMLESS, ...asking, ...doors, ...own];
    expect(Object.keys(manifestOf(browser)).filter((key) => !known.includes(key))).toEqual([]);
  });

  test.each(['chromium', 'firefox'] as const)(
    'reaches this machine alone until somebody allows more (%s)',
    (browser) => {
      expect(manifestOf(browser).host_permissions).toEqual([
        'http://127.0.0.1/*',
        'http://localhost/*',
        'http://*.localhost/*',
        'http://[::1]/*',
      ]);
      expect(readFileSync(`${extensionFolder('production', browser)}/manifest.json`, 'utf8')).not.toMatch(
        /<all_urls>|\.test\//,
      );
    },
  );

  test.each(['chrome', 'firefox'] as const)(
    'asks for the same in every mode, and in that of the tests for more hosts and nothing else (%s)',
    async (browser) => {
      const inMode = (mode: string) => {
        if (typeof config.manifest !== 'function') throw new TypeError('The manifest depends on the mode');
        return config.manifest({ browser, mode, command: 'build', manifestVersion: 3 });
      };
      const { host_permissions: shipped = [], ...rest } = await inMode('production');
      const { host_permissions: tested = [], ...testedRest } = await inMode('e2e');
      expect(testedRest).toEqual(rest);
      const more = tested.filter((host) => !shipped.includes(host));
      expect(more.length).toBeGreaterThan(0);
      expect(more.filter((host) => !host.includes('.test/'))).toEqual([]);
    },
  );

  test.each(['chromium', 'firefox'] as const)(
    'has an icon for every place, each of the size it says (%s)',
    (browser) => {
      const { icons, action } = manifestOf(browser);
      expect(Object.keys(icons).map(Number)).toEqual([...ICON_SIZES]);
      for (const [size, file] of Object.entries({ ...icons, ...action.default_icon })) {
        const png = readFileSync(`${extensionFolder('production', browser)}/${file}`);
        expect([file, png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
          file,
          Number(size),
          Number(size),
        ]);
      }
    },
  );
});

describe('PR9: what stores refuse', () => {
  test.each(['chromium', 'firefox'] as const)(
    'no code from elsewhere, no eval, no source map (%s)',
    (browser) => {
      const folder = extensionFolder('production', browser);
      const files = globSync('**/*.{js,html}', { cwd: folder });
      expect(files.length).toBeGreaterThan(10);
      const strays = files.filter((file) =>
        /\beval\(|importScripts\(|\bimport\([`'"]https?:|<script[^>]+src="(?:https?:)?\/\/|sourceMappingURL/.test(
          readFileSync(`${folder}/${file}`, 'utf8'),
        ),
      );
      expect(strays).toEqual([]);
      expect(globSync('**/*.map', { cwd: folder })).toEqual([]);
    },
  );
});

describe('what a browser does with an extension while nobody looks', () => {
  test.each(['chromium', 'firefox'] as const)(
    'is nothing that a run rests on: no alarm (X14), no step after the installation (X12), no page at the end (X9) (%s)',
    (browser) => {
      const folder = extensionFolder('production', browser);
      const scripts = globSync('**/*.js', { cwd: folder });
      expect(scripts.length).toBeGreaterThan(10);
      // As code asks for them: the polyfill knows all these names, and calls none of them.
      const asks = /\.(?:alarms\b|setUninstallURL\b|onInstalled\b|onStartup\b)/;
      expect(scripts.filter((file) => asks.test(readFileSync(`${folder}/${file}`, 'utf8')))).toEqual([]);
      expect(asks.test('browser.runtime.onInstalled.addListener(a)')).toBe(true);
      // Without the permission there is no such API.
      expect(manifestOf(browser).permissions).not.toContain('alarms');
    },
  );
});
