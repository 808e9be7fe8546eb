import { signal } from '@preact/signals';

import type { Problem } from '../../runner/messages.ts';
import type { Reply } from '../../runner/replies.ts';

/** What is known of a question that is asked again and again: the newest answer, and what is under way. */
export interface Asking<Question, Value> {
  state: 'loading' | 'idle' | 'problem';
  problem: Problem | null;
  /** The newest there is, with the question it answers, which need not be the last one. `at` is when it came (UTC ms). */
  answer: { question: Question; value: Value; at: number } | null;
}

/** Asks, and keeps the last answer on show until the next is there. An answer to an older question is nobody's. */
export function answering<Question, Value>(put: (question: Question) => Promise<Reply<Value>>) {
  const now = signal<Asking<Question, Value>>({ state: 'loading', problem: null, answer: null });
  let turn = 0;
  const ask = async (question: Question): Promise<void> => {
    turn += 1;
    const mine = turn;
    now.value = { ...now.value, state: 'loading', problem: null };
    const reply = await put(question);
    if (mine !== turn) return;
    now.value = reply.ok
      ? { state: 'idle', problem: null, answer: { question, value: reply.value, at: Date.now() } }
      : { ...now.value, state: 'problem', problem: reply.problem };
  };
  return { now, ask };
}
