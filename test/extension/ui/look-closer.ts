import type { Page } from 'puppeteer-core';

/** What a finger misses and an eye strains at: targets below 44 px, the button of the moment below 48, text below 14 px. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const nameOf = (one: Element) =>
      `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ''}.${String(one.getAttribute('class') ?? '').replaceAll(' ', '.')}`;
    const isSeen = (one: Element) =>
      one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !one.closest('.unseen, .label');
    const hasText = (one: Element) =>
      [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const small = [...document.querySelectorAll('#app *')]
      .filter((one) => hasText(one) && isSeen(one) && !one.closest('[aria-hidden="true"]'))
      .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 14)
      .map((one) => `text ${nameOf(one)} ${getComputedStyle(one).fontSize}`);
    const targets = 'a[href], button, select, textarea, summary, input, [role="tab"], [role="slider"]';
    const open = document.querySelector('dialog[open]') ?? document;
    const missed = [...open.querySelectorAll<HTMLElement>(targets)]
      .filter((one) => isSeen(one) && !one.matches(':disabled, [aria-disabled="true"]'))
      .flatMap((one) => {
        // A field is hit through its frame or its label as well.
        const around = [
          one,
          one.closest('.input, .search, .pill, .recording'),
          ...((one as HTMLInputElement).labels ?? []),
        ];
        const boxes = around.flatMap((each) => each?.getBoundingClientRect() ?? []);
        const box = boxes.reduce((most, next) =>
          next.width * next.height > most.width * most.height ? next : most,
        );
        if (box.width === 0) return [];
        const least = one.matches('#run, #run-again') ? 48 : 44;
        const [width, height] = [box.width, box.height].map((size) => Math.round(size * 10) / 10);
        return (width ?? 0) < least || (height ?? 0) < least
          ? [`target ${nameOf(one)} ${width}x${height}`]
          : [];
      });
    return [...new Set([...small, ...missed])];
  });
}

/** Words that do not fit: cut off, out of their button, or out of the window. Data may lose an end; words may not, and neither lies over others. */
export function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const nameOf = (one: Element) =>
      `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ''}.${String(one.getAttribute('class') ?? '').replaceAll(' ', '.')}`;
    const found = new Set<string>();
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.add(`page ${scrollWidth} in ${clientWidth}`);
    // Data that is neither cut off nor broken lies over what stands beside it.
    for (const one of document.querySelectorAll<HTMLElement>(
      '#app :is(.host, .mono, .path, dd, td, h1, h2, p, li)',
    )) {
      const { display, overflowX } = getComputedStyle(one);
      if (display !== 'inline' && overflowX === 'visible' && one.scrollWidth > one.clientWidth + 1)
        found.add(`${nameOf(one)} spills: ${one.textContent?.slice(0, 60)}`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const of = node.parentElement;
      if (!of || !node.textContent?.includes('⟦') || !of.checkVisibility({ visibilityProperty: true }))
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.width === 0 || of.closest('.unseen, option')) continue;
      for (let box: HTMLElement | null = of; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.display === 'inline') continue;
        // Meant to lose an end where there is no room, with the whole of it a click away.
        if (style.textOverflow === 'ellipsis') break;
        if (style.clipPath !== 'none' || (style.position === 'fixed' && box.tagName !== 'DIALOG')) break;
        const { left, right, top, bottom } = box.getBoundingClientRect();
        const scrolls = /auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth;
        const clips =
          style.overflowX !== 'visible' ||
          box.matches('button, a, select, .chip, td, th, summary, label, li, dt, dd, h1, h2, h3, p');
        if (scrolls) break;
        if (clips && (text.right > right + 1 || text.left < left - 1))
          found.add(`${nameOf(of)} wider than ${nameOf(box)}: ${node.textContent}`);
        if (
          (style.overflowY === 'hidden' || box.matches('button, a')) &&
          (text.bottom > bottom + 2 || text.top < top - 2)
        )
          found.add(`${nameOf(of)} higher than ${nameOf(box)}: ${node.textContent}`);
        if (/auto|scroll/.test(style.overflowY)) break;
      }
    }
    return [...found];
  });
}

/** Everything a person reads or hears on the page. */
export function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('script, style, .file-name')) texts.push(node.textContent ?? '');
    for (const one of document.querySelectorAll('body *'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext'])
        texts.push(one.getAttribute(name) ?? '');
    return [...new Set(texts.filter((text) => /[A-Za-z]{2}/.test(text)))];
  });
}

/** What takes the focus of the keyboard and does not show it, by itself or by the frame around it. */
export async function unringed(page: Page): Promise<string[]> {
  // From here on the browser shows where the focus is.
  // Where the last thing had the focus, the first Tab leaves the page.
  await page.keyboard.press('Tab');
  if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const isRinged = (one: Element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    const open = document.querySelector('dialog[open]') ?? document;
    const all = open.querySelectorAll<HTMLElement>(
      'a[href], button, select, textarea, summary, input, [tabindex="0"]',
    );
    return [...all].flatMap((one) => {
      one.focus({ preventScroll: true });
      if (document.activeElement !== one) return [];
      const around = [
        one,
        one.parentElement,
        one.parentElement?.parentElement,
        one.closest('.recording, label, .pill'),
      ];
      if (around.some((each) => each && isRinged(each))) return [];
      return [`${one.tagName.toLowerCase()}#${one.id}.${one.className}`];
    });
  });
}
