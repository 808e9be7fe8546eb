import type { Page } from 'puppeteer-core';

/** From here on what the page saves is kept in the page instead, with its name. */
export async function catchFiles(page: Page): Promise<void> {
  await page.evaluate(() => {
    const saved: { name: string; blob: Blob }[] = [];
    const blobs = new Map<string, Blob>();
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      const url = make(blob);
      blobs.set(url, blob as Blob);
      return url;
    };
    HTMLAnchorElement.prototype.click = function () {
      saved.push({ name: this.download, blob: blobs.get(this.href) ?? new Blob() });
    };
    Object.assign(globalThis, { saved });
  });
}

export function savedFiles(page: Page): Promise<{ name: string; text: string }[]> {
  return page.evaluate(async () => {
    const { saved } = globalThis as unknown as { saved: { name: string; blob: Blob }[] };
    return Promise.all(saved.map(async ({ name, blob }) => ({ name, text: await blob.text() })));
  });
}
