import type { SavedRun } from '../../../extension/runner/saved-run.ts';

/** What a page is made of, apart from its text: each row opened on each tab. */
export interface Survey {
  /** `tag` and `tag.attribute`, each once, with the row and tab they were seen at. */
  made: string[];
  /** Every value of an attribute that leads somewhere. */
  leadsTo: string[];
  text: string;
  /** What the copy buttons gave. */
  copied: string[];
  violations: string[];
  pwned: unknown;
}

/** Shows a run and looks at all of it. Runs in the page, so it must stand on its own. */
export async function surveyPage(savedRun: SavedRun): Promise<Survey> {
  const made = new Set<string>();
  const leadsTo = new Set<string>();
  const copied = new Set<string>();
  let text = '';
  // A task of its own, and no timer: those are slowed down after the fifth.
  const settle = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  const look = (where: string, root: Element) => {
    for (const element of root.querySelectorAll('*')) {
      const tag = element.tagName.toLowerCase();
      made.add(`${where}: ${tag}`);
      for (const { name, value } of element.attributes) {
        made.add(`${where}: ${tag}.${name}`);
        if (/^(href|src|action|formaction|data|xlink:href|srcdoc|poster|background|style)$/.test(name))
          leadsTo.add(`${name} ${value}`);
      }
    }
    text += root.textContent;
  };
  const press = async (button: Element) => {
    (button as HTMLElement).click();
    await settle();
  };
  const copyAll = async () => {
    for (const button of document.querySelectorAll(
      '.copies button, #copy-summary, .text-button:not([aria-expanded])',
    )) {
      if (button.querySelector('[aria-live]')) await press(button);
    }
  };
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: async (what: string) => copied.add(what) },
  });
  await globalThis.browser.storage.session.set({ savedRun });
  await settle();
  look('closed', document.documentElement);
  const lines = document.querySelectorAll('.chain .line').length;
  for (let at = 0; at < lines; at += 1) {
    const line = () => document.querySelectorAll('.chain .line')[at] as Element;
    if (line().getAttribute('aria-expanded') !== 'true') await press(line());
    const tabs = document.querySelectorAll('[role="tab"]').length;
    for (let tab = 0; tab < tabs; tab += 1) {
      await press(document.querySelectorAll('[role="tab"]')[tab] as Element);
      look(`row ${at} tab ${tab}`, document.querySelector('[role="tabpanel"]') as Element);
    }
    await copyAll();
  }
  look('open', document.documentElement);
  return {
    made: [...made].sort(),
    leadsTo: [...leadsTo].sort(),
    text,
    copied: [...copied],
    violations: (globalThis as { violations?: string[] }).violations ?? [],
    pwned: (globalThis as { pwned?: unknown }).pwned,
  };
}
