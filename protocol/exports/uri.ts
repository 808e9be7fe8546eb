/**
 * A URL as RFC 3986 writes it: readers of HAR refuse an entry for a character that no URI has, such as the `‹` of a
 * stand-in. What is a URI already stays as it is.
 */
export function asUri(url: string): string {
  // The brackets of an IPv6 address are the only ones that belong.
  const [address = ''] = /^[a-z][a-z0-9+.-]*:\/\/\[[0-9a-f:.]*\]/i.exec(url) ?? [];
  const rest = url.slice(address.length).toWellFormed();
  return address + rest.replace(/[^\w\-.~:/?#@!$&'()*+,;=%]|%(?![0-9a-f]{2})/giu, encodeURIComponent);
}
