import type { WrittenFile } from './write-file.ts';

/** Milliseconds until the browser has surely begun to read what it saves. */
const READ_MS = 60_000;

/** Hands a file to the browser's downloads; a link of our own needs no permission for that. */
export function saveFile({ name, content }: WrittenFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}
