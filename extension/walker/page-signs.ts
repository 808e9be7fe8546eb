import type { PageSign } from '#protocol/hop.ts';

/*
 * Bounded, and none looks past the next tag: a page of open tags would otherwise keep a pattern busy for minutes,
 * and no deadline ends that.
 */
const INPUT = /<input\b[^<>]{1,1000}/gi;
const NUMBER_FIELD = /\btype=["']?tel\b|\bname=["']?[^"'\s]{0,100}?(?:msisdn|phone|mobile|number)/i;
const META_REFRESH = /<meta\b[^<>]{0,200}http-equiv=["']?refresh\b/i;
const LOCATION_SET = /\blocation(?:\.href)?\s{0,4}=(?!=)|\blocation\.(?:replace|assign)\s{0,4}\(/;
const SUBMITS = /\.submit\s{0,4}\(\s{0,4}\)/;

/** Words in the languages of the markets this is used in; a sign for a person, never a decision. */
const CONSENT =
  /\b(?:i (?:agree|consent)|consent|einwillig|zustimm|consent[oi]|acconsent|aceito|acepto|toestemming|acord)/i;
const WAIT =
  /\b(?:please wait|waiting for|check your phone|confirm on your (?:phone|device|mobile)|bitte warten|einen moment|espere|attend(?:ere|i)|aguarde|even geduld)/i;

/** What an HTML page, or the start of one, shows. Read as text, never rendered. */
export function pageSigns(html: string): PageSign[] {
  const words = wordsOf(html);
  const signs: [PageSign, boolean][] = [
    ['number_field', (html.match(INPUT) ?? []).some((input) => NUMBER_FIELD.test(input))],
    ['consent', CONSENT.test(words)],
    ['wait', WAIT.test(words)],
    ['meta_refresh', META_REFRESH.test(html)],
    ['script', LOCATION_SET.test(html)],
    ['self_posting_form', SUBMITS.test(html) && /<form\b/i.test(html)],
  ];
  return signs.filter(([, seen]) => seen).map(([sign]) => sign);
}

/** The text between the tags, scripts and styles left out. */
function wordsOf(html: string): string {
  let words = '';
  let skipping = '';
  for (const piece of html.split('<')) {
    const end = piece.indexOf('>');
    const tag = /^\/?[a-z]+/i.exec(piece)?.[0].toLowerCase() ?? '';
    if (skipping === tag.slice(1) && tag.startsWith('/')) skipping = '';
    if (skipping === '') words += ` ${end < 0 ? '' : piece.slice(end + 1)}`;
    if (tag === 'script' || tag === 'style') skipping = tag;
  }
  return words;
}
