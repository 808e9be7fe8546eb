import { useSignal } from '@preact/signals';
import { originsOf } from '../history/origins.ts';
import { circumstancesOf, extentOf, rowWords } from '../history/row-words.ts';
import { momentOf, utcOf } from '../history/run-times.ts';
import { SwapIcon } from '../icons.tsx';
import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';
import type { Side, Why } from './choose-sides.ts';
import { PickDialog } from './pick-dialog.tsx';

interface Shown {
  reference: Side;
  run: Side;
  why: Why;
  /** Nobody asked for this run: it is the newest. */
  newest: boolean;
}

/** Which two runs these are and why, and the ways to others. */
export function SideHeads({ reference, run, why, newest }: Shown) {
  const picking = useSignal<'reference' | 'run' | null>(null);
  const pick = (side: 'reference' | 'run') => () => {
    picking.value = side;
  };
  const swapped = hrefOf({ page: 'compare', runId: reference.run.id, referenceId: run.run.id });
  return (
    <div class="side-heads">
      <SideHead name="reference" side={reference} why={whyWords(why, run)} onPick={pick('reference')} />
      <a class="swap" id="swap" href={swapped} title={say('compare.swap_what')}>
        <SwapIcon />
        {say('compare.swap')}
      </a>
      <SideHead
        name="run"
        side={run}
        why={say(newest ? 'compare.why_newest' : 'compare.why_run')}
        onPick={pick('run')}
      />
      {picking.value ? (
        <PickDialog
          side={picking.value}
          run={run}
          reference={reference}
          onClose={() => {
            picking.value = null;
          }}
        />
      ) : null}
    </div>
  );
}

interface Head {
  name: 'reference' | 'run';
  side: Side;
  why: string;
  onPick: () => void;
}

function SideHead({ name, side: { run, line }, why, onPick }: Head) {
  const { tone, icon, word, title } = rowWords(line);
  const facts = [line.mask ?? say('history.no_number'), line.profileName, ...extentOf(line)];
  const circumstances = circumstancesOf(line).join(' · ');
  const heading = `side-${name}`;
  return (
    <section
      class={`side-head of-${name} ${tone}`}
      aria-labelledby={heading}
      data-side={name}
      data-id={run.id}
    >
      <header>
        <h2 id={heading}>{say(`compare.${name}`)}</h2>
        <button
          type="button"
          class="text-button"
          id={`pick-${name}`}
          title={pickWords(name)}
          onClick={onPick}
        >
          {say('compare.choose_other')}
        </button>
      </header>
      <p class="verdict-line">
        <span class="sign" aria-hidden="true">
          {icon}
        </span>
        <b class="word">{word}</b>
        {originsOf(run, line.importedAt !== null).map((origin) => (
          <span key={origin} class="origin">
            {say(`run.${origin}`)}
          </span>
        ))}
        <a class="moment num" href={hrefOf({ page: 'runs', runId: run.id, filter: {} })} title={utcOf(run)}>
          {momentOf(run)}
        </a>
      </p>
      <p class="told">{title}</p>
      <p class="dim small num">{facts.join(' · ')}</p>
      {circumstances ? <p class="dim small">{circumstances}</p> : null}
      <p class="why small">{why}</p>
    </section>
  );
}

function pickWords(name: 'reference' | 'run'): string {
  return say(`compare.choose_other_${name}`);
}

function whyWords(why: Why, { run, line }: Side): string {
  if (why === 'given') return say('compare.why_given');
  if (why === 'reference') return say('compare.why_reference', [run.profile.name]);
  return say(line.reference ? 'compare.why_itself' : 'compare.why_last_match', [run.profile.name]);
}
