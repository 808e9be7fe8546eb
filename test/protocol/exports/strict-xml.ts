/** A reader of XML 1.0 that takes nothing which is not well-formed. It knows what an export needs: no DTD, no CDATA. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

const NAME = '[A-Za-z_][\\w.-]*';
const ATTRIBUTE = new RegExp(`\\s+(${NAME})="([^"<]*)"`, 'g');
const TAG = new RegExp(`<(/)?(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/)?>`, 'y');
const CHAR = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

export function parseXml(text: string): Element {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new SyntaxError('no declaration');
  if (!CHAR.test(text)) throw new SyntaxError('a character XML has no place for');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = declaration.length;
  while (at < text.length) {
    const inner = open.at(-1) as Element;
    if (text[at] !== '<') {
      const end = text.indexOf('<', at);
      const stop = end < 0 ? text.length : end;
      inner.text += resolved(text.slice(at, stop));
      at = stop;
      continue;
    }
    TAG.lastIndex = at;
    const [whole, closing, name = '', attributes = '', empty] = TAG.exec(text) ?? [];
    if (!whole) throw new SyntaxError(`no tag at ${text.slice(at, at + 40)}`);
    at += whole.length;
    if (closing) {
      if (open.pop()?.name !== name) throw new SyntaxError(`</${name}> closes something else`);
      continue;
    }
    const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
    inner.children.push(element);
    if (!empty) open.push(element);
  }
  const [only] = root.children;
  if (open.length !== 1 || !only || root.children.length !== 1 || root.text.trim() !== '') {
    throw new SyntaxError('not one element');
  }
  return only;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, resolved(value)]);
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw new SyntaxError('an attribute twice');
  return Object.fromEntries(pairs) as Record<string, string>;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function resolved(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (whole, code?: string, name?: string) => {
    const meant = code ? String.fromCodePoint(Number(code)) : ENTITIES[name ?? ''];
    if (meant === undefined) throw new SyntaxError(`${whole} is no reference`);
    return meant;
  });
}
