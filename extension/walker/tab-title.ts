import type { Hop } from '#protocol/hop.ts';

import type { HopFacts } from './assemble-hop.ts';
import { plainText } from './read-page.ts';

/** What is known of a page without reading it: a tab's content is not this extension's to see. */
export function pageOf({ received }: HopFacts): NonNullable<Hop['page']> {
  const contentType = received.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return { contentType: contentType.slice(0, 120), title: null, shows: [] };
}

/** The title of the tab, unless it is the address, which stands in for a title that a page has not. */
export function titleOf(shown: string | null, url: string): string | null {
  if (!shown || url.includes(shown.replace(/^https?:\/\//, ''))) return null;
  return plainText(shown);
}
