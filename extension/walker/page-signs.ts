import type { PageSign } from '#protocol/hop.ts';

/*
 * Bounded, and none looks past the next tag: a page of open tags would otherwise keep a pattern busy for minutes,
 * and no deadline ends that.
 */
const INPUT = /<input\b[^<>]{1,1000}/gi;
const NUMBER_FIELD =
  /\b(?:type|inputmode)=["']?tel\b|\bautocomplete=["']?tel|\b(?:name|id)=["']?[^"'\s]{0,100}?(?:msisdn|phone|mobile|rufnummer|telefon|cellulare|movil)/i;
/** A field that nobody fills in, or that wants the code of a message. */
const NO_NUMBER_FIELD =
  /\btype=["']?hidden\b|\bautocomplete=["']?one-time-code|\b(?:name|id)=["']?[^"'\s]{0,40}?otp\b/i;
const META_REFRESH = /<meta\b[^<>]{0,200}http-equiv=["']?refresh\b/i;
const LOCATION_SET = /\blocation(?:\.href)?\s{0,4}=(?!=)|\blocation\.(?:replace|assign)\s{0,4}\(/;
const SUBMITS = /\.submit\s{0,4}\(\s{0,4}\)/;
/** Something to press: without it no page can be agreed to. */
const PRESSED = /<(?:button|form)\b|\btype=["']?(?:submit|button)\b/i;

/** Words in the languages of Number Verify's markets; a sign for a person, never a decision. */
const CONSENT =
  /\b(?:i (?:agree|consent|accept)|your consent|einwillig|zustimm|acconsent|consenso|consentimi?ento|consentimento|aceito|acepto|toestemming|acord(?:ul|ați)|sunt de acord|pajtohem|pëlqim)|συμφων|συγκατ|αποδέχομαι/i;
const COOKIES = /\bcookies?\b/i;
const WAIT =
  /\b(?:please wait|waiting for|check your phone|confirm on your (?:phone|device|mobile)|bitte warten|einen moment|espere|attend(?:ere|i)|aguarde|even geduld|vă rugăm (?:să )?așteptați|așteptați|ju lutem prisni|prisni)|περιμένετε/i;

/** What an HTML page, or the start of one, shows. Read as text, never rendered. */
export function pageSigns(html: string): PageSign[] {
  const words = wordsOf(html);
  const signs: [PageSign, boolean][] = [
    ['number_field', (html.match(INPUT) ?? []).some(wantsNumber)],
    // A line about cookies speaks of consent too, and asks for none.
    [
      'consent',
      PRESSED.test(html) && words.split(/[.!?\n]/).some((line) => CONSENT.test(line) && !COOKIES.test(line)),
    ],
    ['wait', WAIT.test(words)],
    ['meta_refresh', META_REFRESH.test(html)],
    ['script', LOCATION_SET.test(html)],
    ['self_posting_form', SUBMITS.test(html) && /<form\b/i.test(html)],
  ];
  return signs.filter(([, seen]) => seen).map(([sign]) => sign);
}

function wantsNumber(input: string): boolean {
  return NUMBER_FIELD.test(input) && !NO_NUMBER_FIELD.test(input);
}

/** The text between the tags, scripts and styles left out. */
function wordsOf(html: string): string {
  let words = '';
  let skipping = '';
  for (const piece of html.split('<')) {
    const end = piece.indexOf('>');
    const tag = /^\/?[a-z]+/i.exec(piece)?.[0].toLowerCase() ?? '';
    if (skipping === tag.slice(1) && tag.startsWith('/')) skipping = '';
    if (skipping === '' && (tag === 'script' || tag === 'style')) skipping = tag;
    if (skipping === '') words += ` ${end < 0 ? '' : piece.slice(end + 1)}`;
  }
  return words;
}
