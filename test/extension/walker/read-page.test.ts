import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readPage } from '../../../extension/walker/read-page.ts';
import { cpuMs } from '../../support/cpu-time.ts';

const html = (body: string) => readPage(new Response(body, { headers: { 'content-type': 'text/html' } }));
const titleOf = async (title: string) => (await html(`<title>${title}</title>`)).page.title;

describe('a title', () => {
  test.each([
    ['Sign&#32;in', 'Sign in'],
    ['A &amp; B &lt;x&gt; &quot;y&quot; &apos;z&apos;', `A & B <x> "y" 'z'`],
    ['&#x41;&#X42;', 'AB'],
    ['&#38;lt;', '&lt;'],
    ['&unknown; &constructor; &toString;', '&unknown; &constructor; &toString;'],
    ['&#1114112;', '\ufffd'],
    ['&#xD800;', '\ufffd'],
    ['&#99999999;', '&#99999999;'],
    ['  a\n\t b  ', 'a b'],
    ['a&#8238;b&#0;c', 'a b c'],
    ['x'.repeat(500), 'x'.repeat(160)],
  ])('%.40j is read as text: %.40j (A21)', async (raw, text) => {
    expect(await titleOf(raw)).toBe(text);
  });

  test('is found whatever its case and attributes, and in HTML that says it is text (A21)', async () => {
    expect((await html('<HTML><TITLE lang="en">Hi</TITLE>')).page.title).toBe('Hi');
    const plain = new Response(' \n<!doctype html><title>Hi</title>', {
      headers: { 'content-type': 'text/plain' },
    });
    expect((await readPage(plain)).page).toEqual({
      contentType: 'text/plain',
      title: 'Hi',
      shows: [],
    });
  });

  test('of what is no HTML is none', async () => {
    const json = new Response('{"html":"<title>Hi</title>"}', {
      headers: { 'content-type': 'application/json' },
    });
    expect((await readPage(json)).page.title).toBeNull();
  });
});

test.each([
  ['<form><input type="tel" name="x"></form>', true],
  ['<input id=a type=tel>', true],
  [`<INPUT name='msisdn'>`, true],
  ['<input class="wide" name="userPhoneNumber" type="text">', true],
  ['<input\n  type="text"\n  name="mobile">', true],
  ['<input type="text" name="user"><p>phone</p>', false],
  ['<input type="text" placeholder="phone number">', false],
  ['<p name="phone">', false],
  ['phone', false],
  ['<input autocomplete="tel-national">', true],
  ['<input inputmode="tel">', true],
  ['<input name="numero_telefono">', true],
  ['<input type="hidden" name="msisdn" value="1">', false],
  ['<input type="tel" name="otp" autocomplete="one-time-code">', false],
  ['<input name="card_number">', false],
])('in %s a number is asked for: %s (A21)', async (body, asks) => {
  expect((await html(body)).page.shows.includes('number_field')).toBe(asks);
});

test.each([
  ['inputs that never end', '<input '.repeat(2300) + 'name='.repeat(3000)],
  ['names that never end', `<input ${'name='.repeat(6000)}`],
  ['inputs with names that never end', '<input name='.repeat(2700)],
  ['titles that never end', `<html>${'<title'.repeat(5400)}`],
])('%s take no time (A21)', async (_, body) => {
  expect(await cpuMs(() => html(body))).toBeLessThan(1000);
});

test('whatever a page holds, reading it fails never (A21)', async () => {
  const parts = fc.constantFrom(
    '<title>',
    '</title>',
    '<input ',
    'type=tel',
    '&#',
    '&#x',
    ';',
    '&',
    '>',
    'ff',
  );
  const bodies = fc.array(fc.oneof(parts, fc.string({ unit: 'binary' })), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(bodies, async (pieces) => {
      const { page } = await html(pieces.join(''));
      expect(page.title?.length ?? 0).toBeLessThanOrEqual(160);
      expect(page.title ?? '').not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    }),
  );
});

describe('the body', () => {
  test('is read up to a cap and then let go, although there is more (A23)', async () => {
    let cancelled = false;
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(8192).fill(0x61));
      },
      cancel() {
        cancelled = true;
      },
    });
    const { body } = await readPage(new Response(endless));
    expect(body.length).toBe(32_768);
    expect(cancelled).toBe(true);
    expect(pulled).toBeLessThan(10);
  });

  test('that breaks off shows what came of it (A34)', async () => {
    const chunks = ['<title>Half', '</title><inp'].map((text) => new TextEncoder().encode(text));
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) controller.enqueue(chunk);
        else controller.error(new TypeError('reset'));
      },
    });
    const { page, body } = await readPage(new Response(broken, { headers: { 'content-type': 'text/html' } }));
    expect(page.title).toBe('Half');
    expect(body).toBe('<title>Half</title><inp');
  });

  test('in several bytes a character is read whole across chunks', async () => {
    const bytes = new TextEncoder().encode('<title>é€</title>');
    const byByte = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const answer = new Response(byByte, { headers: { 'content-type': 'text/html' } });
    expect((await readPage(answer)).page.title).toBe('é€');
  });

  test('may be absent', async () => {
    expect(await readPage(new Response(null, { status: 204 }))).toEqual({
      page: { contentType: '', title: null, shows: [] },
      body: '',
    });
  });
});

describe('what a page is for (A21, A22)', () => {
  test.each<[string, string, string[]]>([
    ['consent, with something to press', '<p>I agree to this</p><button>OK</button>', ['consent']],
    ['consent in Greek', '<p>Συμφωνώ</p><button>OK</button>', ['consent']],
    ['a line about cookies', '<p>We use cookies with your consent.</p><button>OK</button>', []],
    ['words of consent with nothing to press', '<p>without your consent nothing happens</p>', []],
    ['waiting', '<p>Please wait, check your phone</p>', ['wait']],
    ['waiting in Romanian', '<p>Vă rugăm să așteptați</p>', ['wait']],
    ['meta refresh', '<meta http-equiv="refresh" content="0;url=/x">', ['meta_refresh']],
    ['a script that goes on', '<script>location.href = "/x"</script>', ['script']],
    ['words in a script are none', '<script>const t = "I agree"</script><button>x</button>', []],
    ['a comparison is no way on', '<script>if (location == x) y()</script>', []],
    [
      'a form that posts itself',
      '<form></form><script>document.forms[0].submit()</script>',
      ['self_posting_form'],
    ],
  ])('%s', async (_what, body, signs) => {
    expect((await html(body)).page.shows).toEqual(signs);
  });

  test('is read in the page’s own encoding', async () => {
    const bytes = Buffer.from('<title>Bestätigen</title>', 'latin1');
    const page = new Response(bytes, { headers: { 'content-type': 'text/html; charset=ISO-8859-1' } });
    expect((await readPage(page)).page.title).toBe('Bestätigen');
  });
});
