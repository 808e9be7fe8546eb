/** The house rules that a reader can rely on, held against the source. Every list of violations has to be empty. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

/** One-way streets: a room may import itself and what stands here (a room or one file), nothing else. */
const STREETS: Record<string, string[]> = {
  'extension/entrypoints': ['extension/ui', 'extension/runner'],
  'extension/ui': ['extension/runner', 'protocol'],
  'extension/runner': ['extension/walker', 'extension/backend-client', 'protocol'],
  'extension/walker': ['protocol'],
  'extension/backend-client': ['protocol'],
  protocol: [],
  // Files right in backend/: the composition root and what it is started with.
  backend: [
    'access',
    'keys',
    'monitoring',
    'pages',
    'plugins',
    'routes',
    'legs',
    'upstream',
    'store',
    'simulator',
  ]
    .map((room) => `backend/${room}`)
    .concat('protocol'),
  // A second composition root, on top of the first. Nothing imports it.
  'backend/demo': ['backend', 'backend/legs', 'backend/store', 'backend/simulator', 'protocol', 'setup.mjs'],
  'backend/routes': [
    'backend/legs',
    'backend/access',
    'backend/pages',
    'backend/store',
    'backend/monitoring',
    'backend/plugins/failure-replies.ts',
    'backend/plugins/shutdown.ts',
    'protocol',
  ],
  // HTML for browsers without the extension.
  'backend/pages': ['protocol'],
  // Keys and pairing, and the commands for them.
  'backend/keys': ['backend/access', 'backend/store'],
  'backend/access': ['backend/store', 'protocol'],
  'backend/legs': ['backend/upstream', 'backend/access/seal.ts', 'backend/store', 'protocol'],
  'backend/upstream': ['protocol'],
  'backend/store': ['protocol'],
  'backend/plugins': ['backend/access', 'backend/pages', 'backend/store', 'backend/monitoring', 'protocol'],
  'backend/monitoring': ['backend/upstream', 'protocol'],
  // It judges what the legs send, so it shares nothing with them.
  'backend/simulator': [],
};

const all = globSync('{extension,backend,protocol,test}/**/*.*').map((file) => file.replaceAll('\\', '/'));
const product = all.filter((file) => !file.startsWith('test/'));
const code = product.filter((file) => /\.tsx?$/.test(file));

const texts = new Map<string, string>();
function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(file, 'utf8');
  texts.set(file, text);
  return text;
}

/** Without comments, which may name what code may not. A `//` or `/*` inside a URL pattern is no comment. */
function codeOf(file: string): string {
  return textOf(file)
    .replace(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '')
    .replace(/(^|\s)\/\/ .*$/gm, '');
}

interface Import {
  from: string;
  /** A path of ours from the root, or the name of a package. */
  to: string;
  ours: boolean;
  /** Gone after the build; anything else brings the file along. */
  typeOnly: boolean;
  names: string;
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([\w$*{}\s,]+?)\s+from\s+)?'([^']+)'/gm;
const CALL = /\b(?:import|require)\('([^']+)'\)/g;

function importsOf(from: string): Import[] {
  const read = (specifier: string, typeOnly: boolean, names: string): Import => {
    const to = specifier.startsWith('#protocol/')
      ? specifier.slice(1)
      : path.posix.join(path.posix.dirname(from), specifier);
    const ours = /^(\.|#protocol\/)/.test(specifier);
    return { from, to: ours ? to : specifier, ours, typeOnly, names };
  };
  return [
    ...[...codeOf(from).matchAll(STATEMENT)].map(([, type, names = '', to = '']) => read(to, !!type, names)),
    ...[...codeOf(from).matchAll(CALL)].map(([, to = '']) => read(to, false, '*')),
  ];
}

const imports = code.flatMap(importsOf);

/** `backend/legs` for all below that folder, `backend` for a file right in it, `protocol` for all of it. */
function roomOf(file: string): string {
  const [top = '', folder, ...rest] = file.split('/');
  return top === 'protocol' || rest.length === 0 ? top : `${top}/${folder}`;
}

/** `file: found` wherever `pattern` stands in code outside the places that may. */
function mentions(pattern: RegExp, allowed: string[], among = code): string[] {
  return among
    .filter((file) => !allowed.some((place) => file.startsWith(place)))
    .flatMap((file) => [...codeOf(file).matchAll(pattern)].map(([found]) => `${file}: ${found.trim()}`));
}

describe('one-way streets', () => {
  test('every file lies in a room that has its street', () => {
    expect(code.filter((file) => !(roomOf(file) in STREETS))).toEqual([]);
  });

  test('a room imports only what lies downstream', () => {
    const strays = imports
      .filter(({ from, to, ours }) => ours && roomOf(to) !== roomOf(from))
      .filter(({ from, to }) => !STREETS[roomOf(from)]?.some((room) => room === roomOf(to) || room === to));
    expect(strays.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('the protocol needs zod/mini and nothing else', () => {
    const strays = imports.filter(
      ({ from, to, ours }) => from.startsWith('protocol/') && !ours && to !== 'zod/mini',
    );
    expect(strays.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('pages bring along no zod, no walker and no backend client', () => {
    const stray = (to: string) => /^zod\b|^extension\/(walker|backend-client)\//.test(to);
    const pages = code.filter((file) => /^extension\/entrypoints\/[^/]+\//.test(file));
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.flatMap((page) => waysTo(stray, page))).toEqual([]);
  });
});

/** Every way along imports that survive the build, from `start` to a target that `wanted` names. */
function waysTo(wanted: (to: string) => boolean, start: string): string[] {
  const ways: string[] = [];
  const seen = new Set<string>();
  const visit = (file: string, way: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { to, ours } of imports.filter(({ from, typeOnly }) => from === file && !typeOnly)) {
      if (wanted(to)) ways.push(`${way} -> ${to}`);
      else if (ours) visit(to, `${way} -> ${to}`);
    }
  };
  visit(start, start);
  return ways;
}

describe('one place for each thing', () => {
  test('only hop-traffic.ts is on webRequest', () => {
    expect(mentions(/\bwebRequest\b/gi, ['extension/walker/hop-traffic.ts'])).toEqual([]);
  });

  test('only the walker and the backend client send anything from the extension', () => {
    const sending = /\bfetch\(|\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b/g;
    const senders = [
      'extension/walker/request-hop.ts',
      'extension/walker/probe.ts',
      'extension/backend-client/backend-call.ts',
      // Reads files of the extension itself; they are not sent for anywhere.
      'extension/ui/replay/recordings.ts',
    ];
    expect(mentions(sending, [...senders, 'backend/', 'protocol/'])).toEqual([]);
  });

  test('only upstream/ sends anything from the backend', () => {
    // `buildConnector` opens a socket for upstream/ and sends nothing: the composition root uses it to lead names that
    // exist only in the demo's browser to this machine. The demo itself plays the browser's part towards the backend.
    const undici = imports
      .filter(({ to, from }) => /^undici/.test(to) && !from.startsWith('backend/upstream/'))
      .filter(({ typeOnly, names }) => !typeOnly && !/^\{ (type )?buildConnector \}$/.test(names));
    expect(undici.map(({ from, names }) => `${from}: ${names}`)).toEqual([]);
    const sending = /\bfetch\(|\bhttps?\.(request|get)\(|\{[^}]*\brequest\b[^}]*\} from 'node:https?'/g;
    expect(mentions(sending, ['backend/upstream/', 'backend/demo/', 'extension/', 'protocol/'])).toEqual([]);
  });

  test('only settings.ts writes what outlives the browser session', () => {
    const lasting = /storage\.(local|sync|managed)\b|\blocalStorage\b|\bindexedDB\b/g;
    expect(mentions(lasting, ['extension/runner/settings.ts'])).toEqual([]);
  });

  test('only programs a person starts in a terminal write to the console', () => {
    expect(mentions(/\bconsole\./g, ['backend/server.ts', 'backend/demo/'])).toEqual([]);
  });

  test('only three files ask which browser they are in', () => {
    const asking = code.filter((file) => /import\.meta\.env\.FIREFOX/.test(codeOf(file)));
    expect(asking.toSorted()).toEqual([
      'extension/runner/browser-kind.ts',
      'extension/walker/hop-traffic.ts',
      'extension/walker/proxy-of.ts',
    ]);
  });

  test('default exports are for WXT', () => {
    expect(mentions(/^export (default\b|\{[^}]*\bas default\b)/gm, ['extension/entrypoints/'])).toEqual([]);
    expect(mentions(/^export default (?!define(Background|UnlistedScript)\()/gm, [])).toEqual([]);
  });
});

describe('the shape of the tree', () => {
  test('files are named in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    expect(all.filter((file) => !kebab.test(path.posix.basename(file)))).toEqual([]);
  });

  test('no file is called index, so that a name says what is in it', () => {
    expect(all.filter((file) => /\/index\.[cm]?[jt]sx?$/.test(file))).toEqual([]);
  });

  test('no folder is a drawer for odds and ends', () => {
    expect(all.filter((file) => /\/(utils?|helpers?|common|shared|libs?|misc)\//.test(file))).toEqual([]);
  });

  test('no file is longer than 200 lines', () => {
    const lines = (file: string) => textOf(file).trimEnd().split('\n').length;
    const long = product.filter((file) => /\.(tsx?|css)$/.test(file) && lines(file) > 200);
    expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([]);
  });

  test('tests replace no module of ours: what varies is handed in', () => {
    const replacing = /\bvi\.(mock|doMock|hoisted)\(/g;
    const tests = all.filter((file) => /^test\/.*\.tsx?$/.test(file));
    expect(mentions(replacing, [], tests)).toEqual([]);
  });
});
