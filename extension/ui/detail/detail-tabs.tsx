import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { say } from '../words.ts';
import { type DetailTab, openRow } from './open-row.ts';

const TABS: DetailTab[] = ['request', 'response', 'timing', 'why'];

interface Shown {
  rowId: string;
  tab: DetailTab;
  children: ComponentChildren;
}

/** Tabs after the ARIA pattern: one tab stop, arrows move and choose. */
export function DetailTabs({ rowId, tab, children }: Shown) {
  const id = `${rowId}-detail`;
  const choose = (to: DetailTab) => {
    openRow.value = { id: rowId, tab: to };
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = TABS.indexOf(tab);
    const ends: Record<string, number> = { Home: 0, End: TABS.length - 1 };
    const to = TABS[step ? (at + step + TABS.length) % TABS.length : (ends[event.key] ?? -1)];
    if (!to) return;
    event.preventDefault();
    choose(to);
    event.currentTarget.querySelector<HTMLElement>(`#${id}-tab-${to}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={say('tab.label')} onKeyDown={onKeyDown}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${name}`}
            class="tab"
            aria-selected={name === tab}
            aria-controls={`${id}-panel`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => choose(name)}
          >
            {say(`tab.${name}`)}
          </button>
        ))}
      </div>
      <div class="panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${tab}`}>
        {children}
      </div>
    </>
  );
}
