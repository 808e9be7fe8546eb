/** What a browser reads of a language: the words under each name. */
export type Messages = Record<string, { message: string }>;

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const MARKED = [...'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ'];

/** The language that no one speaks: English with marked letters, for which every Intl has a locale. */
export const PSEUDO_LANGUAGE = 'en-XA';

/**
 * The words of a language nobody speaks, made of English ones: every letter marked, every word 40 % longer, every message in
 * brackets. Plain letters on a page are then words that came past the messages, or data.
 */
export function pseudoMessages(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([name, { message, ...rest }]) => [
      name,
      { ...rest, message: name === 'language' ? PSEUDO_LANGUAGE : pseudo(message) },
    ]),
  );
}

/** Fillings (`$1`) stay what they are. */
export function pseudo(message: string): string {
  const longer = message.replace(/\$\d|\p{L}+/gu, (part) => (part.startsWith('$') ? part : stretch(part)));
  return `⟦${longer}⟧`;
}

function stretch(word: string): string {
  const marked = [...word].map((letter) => MARKED[PLAIN.indexOf(letter)] ?? letter).join('');
  return marked + '~'.repeat(Math.ceil(word.length * 0.4));
}
