import { say } from './words.ts';

/** Tells the browser's title, and in which language the page is: a screen reader chooses its voice by that. */
export function nameDocument(title: string | null): void {
  document.documentElement.lang = say('language');
  document.title = title ? `${title} · ${say('app.name')}` : say('app.name');
}
