import type { WrittenFile } from './write-file.ts';

/** What a browser that shares no files still shares as text: longer ones are cut off or refused by what they are sent to. */
const LONGEST_TEXT = 100_000;

/** How this browser can hand the file to another app: as a file, as its text, or not at all. */
export function shareOf({ name, content }: WrittenFile): 'file' | 'text' | null {
  if (!('share' in navigator)) return null;
  if (navigator.canShare?.({ files: [asFile(name, content)] })) return 'file';
  return content.size <= LONGEST_TEXT ? 'text' : null;
}

/** To be called in the click: only that opens the list of apps. Closing the list is no failure. */
export async function shareFile(file: WrittenFile): Promise<void> {
  const { name, content } = file;
  const data =
    shareOf(file) === 'file'
      ? { files: [asFile(name, content)] }
      : { title: name, text: await content.text() };
  await navigator.share(data).catch(() => undefined);
}

function asFile(name: string, content: Blob): File {
  return new File([content], name, { type: content.type });
}
