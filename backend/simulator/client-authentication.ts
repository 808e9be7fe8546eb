/** RFC 6749 §2.3.1: both parts are form-urlencoded before they are joined by a colon and put in base64. */
export function isClient(authorization: string | undefined, client: { id: string; secret: string }): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return false;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return false;
  return (
    formDecode(pair.slice(0, colon)) === client.id && formDecode(pair.slice(colon + 1)) === client.secret
  );
}

function formDecode(text: string): string | null {
  // A decoder that lets raw characters through would also accept a client that forgot to encode them.
  if (!/^[A-Za-z0-9*\-._+%~!'()]*$/.test(text)) return null;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
