import type { FastifyInstance } from 'fastify';

import { Refusal } from './failure-replies.ts';

/** Levels of lists and objects in each other; a run, the deepest of what is taken, has ten. */
const DEEPEST = 32;

/** JSON and nothing else, and none that is deeper than anything we know: that is refused before it is parsed. */
export function addJsonBody(app: FastifyInstance): void {
  // Fastify reads text/plain by default, which any web page may send without asking (CORS simple request).
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isTooDeep(String(body))) {
      done(new Refusal('api.bad_request', `The JSON is more than ${DEEPEST} levels deep.`));
      return;
    }
    parse(request, String(body), done);
  });
}

/** One look at the characters. Brackets within strings do not count; whether it is JSON is for the parser to say. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at);
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        if (depth > DEEPEST) return true;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
    }
  }
  return false;
}

const [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d];

/** Of the quote that ends the string which begins here; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
