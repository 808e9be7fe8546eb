/** What the documents name has to exist, and what has to be documented is. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

import { readProfilesFile } from '../backend/profiles-file.ts';
import { CauseCode } from '../protocol/diagnosis/cause.ts';
import { FAILURES, FailureCode } from '../protocol/failure-catalogue.ts';

const docs = ['README.md', ...globSync('docs/**/*.md').map((file) => file.replaceAll('\\', '/'))];
const read = (file: string) => readFileSync(file, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** `document: what` for every match in every document that `wrong` finds fault with. */
function faults(pattern: RegExp, wrong: (found: string, doc: string) => boolean): string[] {
  return docs.flatMap((doc) =>
    [...read(doc).matchAll(pattern)]
      .map(([whole, found = whole]) => found)
      .filter((found) => wrong(found, doc))
      .map((found) => `${doc}: ${found}`),
  );
}

/** The first column of a table: ids and codes in back-ticks or plain. */
function firstColumn(text: string, pattern: string): string[] {
  return [...text.matchAll(new RegExp(`^\\| \`?(${pattern})\`? \\|`, 'gm'))].map(([, id = '']) => id);
}

describe('what documents name exists', () => {
  test('npm scripts', () => {
    expect(faults(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g, (name) => !(name in scripts))).toEqual([]);
    expect(faults(/\bnpm (start|test)\b/g, (name) => !(name in scripts))).toEqual([]);
  });

  test('files and folders in back-ticks', () => {
    const ours =
      /`((?:(?:\.ci|extension|protocol|backend|test|docs)\/|[\w.-]+\.(?:config\.ts|mjs)$)[^`\s]*)`/gm;
    // `judge-id-token.ts` alone is prose; a path from the root is a promise.
    expect(faults(ours, (name) => globSync(name).length === 0)).toEqual([]);
  });

  test('links, and the headings they lead to', () => {
    const links = /\]\((?!https?:)([^)\s]+)\)/g;
    const broken = (link: string, doc: string) => {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? doc : path.posix.join(path.posix.dirname(doc), file);
      return !existsSync(target) || (heading !== undefined && !anchors(target).includes(heading));
    };
    expect(faults(links, broken)).toEqual([]);
  });

  test('nothing of one machine', () => {
    const paths =
      /(?:^|[\s`'"(=])(\/(?:home|root|Users|work|workspace|mnt|opt|srv|tmp|var)\/[^\s`]*|[A-Z]:\\[^\s`]*)/gm;
    expect(faults(paths, () => true)).toEqual([]);
    const registries = /\b(?:registry\.[a-z0-9.-]+|[a-z0-9.-]*(?:artifactory|jfrog|verdaccio)[a-z0-9.-]*)/gi;
    expect(faults(registries, () => true)).toEqual([]);
  });

  test('the README is short', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThan(120);
  });
});

/** Headings as GitHub links to them. */
function anchors(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

describe('what has to be documented is', () => {
  const failures = read('docs/failures.md');
  const install = read('docs/install.md');

  test('every failure code, and no other, with its retry advice and what it does to the code', () => {
    const row = /^\| `([a-z]+\.[a-z_]+)` \| [^|]+ \| (\w+) \| (\w+) \| [^|]+ \|$/gm;
    const rows = [...failures.matchAll(row)].map(([, code = '', retry, codeSpent]) => [
      code,
      { retry, codeSpent },
    ]);
    expect(rows.map(([code]) => code).toSorted()).toEqual(FailureCode.options.toSorted());
    expect(Object.fromEntries(rows)).toEqual(FAILURES);
  });

  test('every cause, and no other', () => {
    expect(firstColumn(failures, '[a-z_]+').toSorted()).toEqual(CauseCode.options.toSorted());
  });

  test('every reason not to start, and no other', () => {
    const codes = [...read('backend/start-error.ts').matchAll(/^ {2}\| '([\w.]+)'/gm)].map(
      ([, code]) => code,
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(firstColumn(install, '(?:config|start|storage)\\.\\w+').toSorted()).toEqual(codes.toSorted());
  });

  test('every setting of the backend', () => {
    const settings = globSync('backend/*.ts').flatMap((file) =>
      [...read(file).matchAll(/\benv\.([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name),
    );
    expect(settings.length).toBeGreaterThan(0);
    expect([...new Set(settings)].filter((name) => !install.includes(`\`${name}`))).toEqual([]);
  });

  test('the example of a profiles file is one', () => {
    const example = /```json\n([\s\S]*?)```/.exec(install)?.[1] ?? '';
    const folder = mkdtempSync(path.join(tmpdir(), 'profiles-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'profiles.json');
    writeFileSync(file, example);
    const [secretName = ''] = /(?<="clientSecretEnv": ")\w+/.exec(example) ?? [];
    const profiles = readProfilesFile(file, { [secretName]: 'secret' });
    expect(profiles.map(({ profile }) => profile.id)).toEqual(['vodafone-uk-staging']);
  });
});

describe('rows, promises and facts', () => {
  /** An id standing by itself: not in a percent-encoding, a path, a version or a longer word. */
  const ID = /(?<![%\w.\-/#:])((?:PR|TK|[ABCEFKPSX])[1-9]\d?|tutorial bug [1-9]\d?)(?![\w%]|\.\d)/g;
  const idsIn = (text: string) => [...text.matchAll(ID)].map(([id]) => id);
  const rows = read('docs/rows.md')
    .split('\n')
    .map((line) => /^\| ([\w ]+) \| .+ \| (.+) \|$/.exec(line))
    .flatMap((row) => (row && row[1] !== 'Id' ? [{ id: row[1] ?? '', proof: row[2] ?? '' }] : []));
  const facts = [...read('docs/facts.md').matchAll(/^### (F\d+) /gm)].map(([, id]) => id ?? '');
  const tests = globSync('test/**/*.test.{ts,tsx}').filter(
    (file) => !/(architecture|docs)\.test\.ts$/.test(file),
  );
  const cited = new Map(tests.map((file) => [file.replaceAll('\\', '/'), new Set(idsIn(read(file)))]));

  test('have each their own id', () => {
    const ids = [...rows.map(({ id }) => id), ...facts];
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test('are known wherever they are cited', () => {
    const known = new Set([...rows.map(({ id }) => id), ...facts]);
    const sources = globSync('{extension,backend,protocol}/**/*.{ts,tsx}').concat(
      'wxt.config.ts',
      'setup.mjs',
    );
    const citing = [
      ...[...cited].map(([file, ids]) => ({ file, ids: [...ids] })),
      ...sources.map((file) => ({ file, ids: idsIn(commentsOf(read(file))) })),
      ...docs.map((file) => ({ file, ids: idsIn(read(file)) })),
    ];
    const strange = citing.flatMap(({ file, ids }) =>
      ids.filter((id) => !known.has(id)).map((id) => `${file}: ${id}`),
    );
    expect(strange).toEqual([]);
  });

  test('are proved by the tests their rows name', () => {
    const wrong = rows.flatMap(({ id, proof }) =>
      [...proof.matchAll(/`([^`]+)`/g)]
        .map(([, file = '']) => file)
        .filter((file) => !cited.get(file)?.has(id))
        .map((file) => `${id}: ${file} does not cite it`),
    );
    expect(wrong).toEqual([]);
  });

  test('say "no test yet" only where that is so', () => {
    const unproved = rows.filter(({ proof }) => !proof.includes('`'));
    expect(unproved.filter(({ proof }) => proof !== 'no test yet')).toEqual([]);
    const outdated = unproved.flatMap(({ id }) =>
      [...cited].filter(([, ids]) => ids.has(id)).map(([file]) => `${id}: name ${file} in docs/rows.md`),
    );
    expect(outdated).toEqual([]);
  });
});

function commentsOf(text: string): string {
  return [...text.matchAll(/\/\*\*?[\s\S]*?\*\/|(?:^|\s)\/\/ .*$/gm)].map(([comment]) => comment).join('\n');
}
