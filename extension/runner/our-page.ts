/** What a browser says of the document that a message came from; the last two are Chromium's alone. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  /** Absent where the document is in no tab. */
  frameId?: number | undefined;
  origin?: string | undefined;
  documentLifecycle?: string | undefined;
}

/** The documents that speak to the background; no other page of the extension has a reason to. */
const PAGES = ['popup.html', 'inspector.html', 'options.html'];

/**
 * Whether it is one of our pages, shown by itself: no web page, no content script, no other extension, and neither a frame
 * inside any page nor a document that is not on show. We open none of those, so whoever did is not us. `root` is the
 * extension's own URL.
 */
export function isOurPage(sender: Sender | undefined, { id, root }: { id: string; root: string }): boolean {
  if (!sender || sender.id !== id) return false;
  const address = sender.url?.split(/[?#]/, 1)[0];
  return (
    PAGES.some((page) => address === root + page) &&
    (sender.frameId ?? 0) === 0 &&
    (sender.origin === undefined || `${sender.origin}/` === root) &&
    (sender.documentLifecycle ?? 'active') === 'active'
  );
}
