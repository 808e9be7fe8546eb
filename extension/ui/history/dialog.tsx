import './dialog.css';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface Shown {
  id: string;
  title: string;
  children: ComponentChildren;
  onClose: () => void;
}

/** The browser's own dialog: it keeps the focus inside, closes with Esc, and gives the focus back. */
export function Dialog({ id, title, children, onClose }: Shown) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayoutEffect(() => {
    const [shown, opener] = [dialog.current, document.activeElement];
    shown?.showModal();
    return () => {
      // One that is taken away without being closed gives no focus back by itself.
      const lost = document.activeElement === document.body || shown?.contains(document.activeElement);
      if (lost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog class="dialog" id={id} ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
