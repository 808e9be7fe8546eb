import './keyboard-card.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { keyNames } from './shortcuts.ts';
import { say } from './words.ts';

/** Which keys do what. The one that opens the popup belongs to the browser, where a person may have changed it. */
export function KeyboardCard() {
  const opens = useSignal<string[]>([]);
  useEffect(() => {
    openingKeys().then((keys) => {
      opens.value = keys;
    });
  }, []);
  return (
    <section class="body card keyboard">
      <h2>{say('keys.title')}</h2>
      <dl>
        {opens.value.length > 0 ? <Keys what={say('keys.open')} keys={opens.value} /> : null}
        <Keys what={say('keys.run')} keys={keyNames('run')} />
        <Keys what={say('keys.cancel')} keys={keyNames('cancel')} />
        <Keys what={say('keys.rows')} keys={['↑', '↓']} />
      </dl>
    </section>
  );
}

function Keys({ what, keys }: { what: string; keys: string[] }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dd>
    </div>
  );
}

/** None on phones, whose browsers know no commands. */
async function openingKeys(): Promise<string[]> {
  const commands = (await browser.commands?.getAll()) ?? [];
  const shortcut = commands.find(({ name }) => name === '_execute_action')?.shortcut;
  return shortcut ? shortcut.split('+') : [];
}
