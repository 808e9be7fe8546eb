import { describe, expect, test } from 'vitest';
import { traceHeader } from '#protocol/trace-id.ts';
import { splitStandIns } from '../../../extension/ui/detail/stand-ins.ts';
import { urlParts } from '../../../extension/ui/detail/url-parts.ts';

const shown = (text: string) =>
  splitStandIns(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `[${piece.label} ${piece.position}]`))
    .join('');

describe('stand-ins', () => {
  test.each([
    ['https://x.test/cb?code=‹code:1›&state=‹state:1›', 'https://x.test/cb?[code 1]&[state 1]'],
    ['session=‹ticket:2›', 'session=[ticket 2]'],
    ['{"access_token":"‹access_token:1›"}', '{"access_token":"[access_token 1]"}'],
    ['mnv-session=‹mnv-session:1›; Path=/', '[mnv-session 1]; Path=/'],
    ['Bearer ‹bearer:1›', 'Bearer [bearer 1]'],
    ['nothing to hide', 'nothing to hide'],
    ['‹not one›', '‹not one›'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe('recorded URLs', () => {
  test('keep their stand-ins as they are', () => {
    expect(urlParts('http://he.operator.test:8080/identify?session=‹session:1›&x')).toEqual({
      scheme: 'http',
      host: 'he.operator.test:8080',
      path: '/identify',
      parameters: [
        { name: 'session', value: '‹session:1›' },
        { name: 'x', value: '' },
      ],
    });
  });

  test('may be relative, empty or nonsense', () => {
    expect(urlParts('/next?a=b#c').path).toBe('/next');
    expect(urlParts('').host).toBe('');
    expect(urlParts('::::').host).toBe('');
  });
});

test('the most telling trace header wins, whatever its case', () => {
  expect(
    traceHeader([
      { name: 'X-Request-Id', value: 'b' },
      { name: 'x-vig-trace-id', value: 'a' },
    ])?.value,
  ).toBe('a');
  expect(traceHeader([])).toBeNull();
});
