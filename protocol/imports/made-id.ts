/**
 * An id made of what it names, so that the same file read twice is the same runs (E11). It keeps no secret and proves
 * nothing: 128 bits of a fast hash (four rounds of FNV-1a with different beginnings), written as UUIDv8 (RFC 9562 §5.8).
 */
export function madeId(text: string): string {
  const hex = [1, 2, 3, 4].map((seed) => hashOf(text, seed)).join('');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20),
  ];
  return groups.join('-');
}

function hashOf(text: string, seed: number): string {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
