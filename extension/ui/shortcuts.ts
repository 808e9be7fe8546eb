import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** What can be done from anywhere on the page. Both keys come with Ctrl (⌘ on a Mac), so no typing meets them. */
const SHORTCUTS = { run: 'Enter', cancel: '.' } as const;

type ShortcutName = keyof typeof SHORTCUTS;

/** As `aria-keyshortcuts` wants it. */
export const ariaKeys = (name: ShortcutName) => `Control+${SHORTCUTS[name]}`;

/** As a person reads it; `Ctrl` and `⌘` stand on the keys themselves. */
export function keyNames(name: ShortcutName): string[] {
  const isMac = /^Mac/.test(navigator.platform);
  return [isMac ? '⌘' : 'Ctrl', name === 'run' ? '↵' : SHORTCUTS[name]];
}

/** Presses the button for as long as it is there, and only when it could be pressed by hand. */
export function useShortcut(name: ShortcutName, button: RefObject<HTMLButtonElement | null>): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, defaultPrevented } = event;
      if (key !== SHORTCUTS[name] || !(ctrlKey || metaKey) || altKey || shiftKey) return;
      // A dialog is a question of its own.
      if (repeat || defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      button.current?.click();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [name]);
}
