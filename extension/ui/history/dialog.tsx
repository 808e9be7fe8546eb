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
    const shown = dialog.current;
    shown?.showModal();
    // One that is taken away without being closed gives no focus back.
    return () => shown?.close();
  }, []);
  // That it was taken away is known to who did it.
  const tell = (event: Event) => (event.currentTarget as Node).isConnected && onClose();
  return (
    <dialog class="dialog" id={id} ref={dialog} aria-labelledby={titleId} onClose={tell}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
