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

/** Plays a phone's list of apps, which nobody chooses from: what it was given can be asked for, one after the other. */
export async function playSharing(page: Page) {
  await page.evaluate(() => {
    const given: ShareData[] = [];
    Object.assign(globalThis, { given });
    for (const name of ['share', 'canShare']) Reflect.deleteProperty(Navigator.prototype, name);
  });
  return {
    /** From now on the browser shares this much. */
    can: (what: 'files' | 'text') =>
      page.evaluate((what) => {
        const { given } = globalThis as unknown as { given: ShareData[] };
        const share = async (data: ShareData) => {
          if (!navigator.userActivation.isActive) throw new Error('Only in a click');
          given.push(data);
          throw new DOMException('Closed', 'AbortError');
        };
        const canShare = (data: ShareData) => what === 'files' || !data.files;
        Object.assign(Navigator.prototype, { share, canShare });
      }, what),
    next: async () => {
      await page.waitForFunction('given.length > 0');
      return page.evaluate(async () => {
        const { files, ...rest } = (globalThis as unknown as { given: ShareData[] }).given.shift() ?? {};
        if (!files) return rest;
        const read = files.map(async (file) => ({
          name: file.name,
          type: file.type,
          text: await file.text(),
        }));
        return { ...rest, files: await Promise.all(read) };
      });
    },
  };
}
