import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../../..', import.meta.url).pathname;
const read = (pattern: string) =>
  globSync(pattern, { cwd: root }).map((file) => ({ file, text: readFileSync(`${root}${file}`, 'utf8') }));
const tokens = readFileSync(`${root}extension/ui/tokens.css`, 'utf8');

/** A colour of the tokens in light and in dark. */
function colours(name: string): string[] {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens) ?? [];
  return [light, dark];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('eyes', () => {
  test('the ring of the focus stands out from everything it is drawn on (WCAG 2.2, 1.4.11)', () => {
    const grounds = ['paper', 'raised', 'sunken', 'good-soft', 'warn-soft', 'bad-soft', 'note-soft'];
    const rings = colours('accent');
    expect(rings.every((ring) => /^#\w{6}$/.test(ring))).toBe(true);
    const weak = grounds.flatMap((ground) =>
      colours(ground).flatMap((colour, at) =>
        contrast(rings[at] ?? '', colour) < 3 ? [`${ground} ${at}`] : [],
      ),
    );
    expect(weak).toEqual([]);
  });

  test('nothing moves for those who want no motion', () => {
    const moving = read('extension/ui/**/*.css').flatMap(({ file, text }) => {
      const still = text.replace(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/g, '');
      return /(transition|animation)(-\w+)?:/.test(still) ? [file] : [];
    });
    expect(moving).toEqual([]);
  });
});

describe('hands', () => {
  test('nothing is used that Firefox for Android lacks', () => {
    const lacking =
      /browser\.(windows|sidebarAction|contextMenus|bookmarks|history|identity|downloads|notifications)\b(?!\?)/;
    const source = read('extension/**/*.{ts,tsx}');
    expect(source.length).toBeGreaterThan(100);
    expect(source.filter(({ text }) => lacking.test(text)).map(({ file }) => file)).toEqual([]);
  });

  test('files are picked on a page of their own, because a picker closes the popup', () => {
    const picking = read('extension/ui/**/*.tsx').filter(({ text }) => text.includes('type="file"'));
    expect(picking.map(({ file }) => file)).toEqual(['extension/ui/import/drop-zone.tsx']);
  });
});
