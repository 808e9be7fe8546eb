/**
 * The text of a ticket in which nothing becomes a link or calls somebody. GitHub Flavored Markdown §6.9 makes links of bare
 * addresses, and trackers find names and numbers of issues in the text once it is drawn, so that a backslash does not help: a
 * character without width stands between, as a reference, which both the reader of the source and the tracker see.
 */
export function unlinked(text: string): string {
  // In one pass: the references have characters of their own.
  return text.replace(/:(?=\/\/)|www(?=\.)|@(?=\S)|#(?=\d)/gi, `$&${BREAK}`);
}

const BREAK = '&#8203;';
