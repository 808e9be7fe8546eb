import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { SearchIcon } from '../icons.tsx';
import { say } from '../words.ts';

/** Milliseconds without a key after which a person is taken to have finished a word. */
const PAUSE_MS = 250;

/** Words to look for, asked for once the typing pauses, or at once with Enter. */
export function SearchField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const typed = useSignal(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(text);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLayoutEffect(() => {
    // Changed elsewhere, as by its chip or the back button; not by what is typed here.
    if (text !== told.current) typed.value = text;
    told.current = text;
  }, [text]);
  const tell = () => {
    clearTimeout(timer.current);
    const words = typed.value.trim().slice(0, 200);
    if (words === told.current) return;
    told.current = words;
    onText(words);
  };
  return (
    <search class="search">
      <label class="unseen" for="search">
        {say('history.search')}
      </label>
      <SearchIcon />
      <input
        id="search"
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder={say('history.search_hint')}
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(tell, PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') tell();
        }}
      />
    </search>
  );
}
