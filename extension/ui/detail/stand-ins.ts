/** A piece of redacted text: plain, or the stand-in for a value that is not recorded. */
export type Piece = { kind: 'text'; text: string } | { kind: 'mask'; label: string; position: string };

/** `name=‹name:1›` counts as one stand-in, so that a query reads `state ▪1` and not `state=state ▪1`. */
const STAND_IN = /(?:([\w.-]+)=)?‹([a-z0-9_.-]+):(\d+)›/gi;

/** Splits recorded text at its stand-ins, wherever they stand: in URLs, headers and JSON bodies alike. */
export function splitStandIns(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(STAND_IN)) {
    const [whole, name, label = '', position = ''] = found;
    const prefix = name && name.toLowerCase() !== label.toLowerCase() ? `${name}=` : '';
    const before = text.slice(from, found.index) + prefix;
    if (before) pieces.push({ kind: 'text', text: before });
    pieces.push({ kind: 'mask', label, position });
    from = found.index + whole.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}
