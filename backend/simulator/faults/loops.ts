import type { FaultScenario } from '../scenario.ts';
import { chainFault, redirectTo } from './hop-answers.ts';

/** A19, A20, A31: chains that go round, go on, or go on in other ways than by 302. */
export const loops: readonly FaultScenario[] = [
  chainFault('loop-self', 'The enrichment host sends the browser to itself (A19).', {
    enrichment: { goTo: 'enrichment' },
  }),
  chainFault('loop-two', 'Enrichment and identity send the browser to each other (A19).', {
    enrichment: { goTo: 'identity' },
    identity: { goTo: 'enrichment' },
  }),
  chainFault('loop-three', 'Discovery, enrichment and identity send the browser round (A19).', {
    discovery: { goTo: 'enrichment' },
    enrichment: { goTo: 'identity' },
    identity: { goTo: 'discovery' },
  }),
  {
    ...chainFault('loop-schemes', 'The enrichment host sends http to https and https to http (A19).', {
      enrichment: { answer: redirectTo('{flipped}') },
    }),
    tlsOnly: true,
  },
  chainFault('cookie-between', 'A host sets a cookie and asks for itself again, which is no loop (A19).', {
    identity: { answer: redirectTo('{here}', { 'set-cookie': 'seen=1; Path=/' }), times: 1 },
  }),
  chainFault('hops-without-end', 'Each hop leads to another one, never to the same (A20).', {
    discovery: { answer: redirectTo('{here}&on=1') },
  }),
  chainFault('redirect-kinds', 'Hops redirect by 301, 303, 307 and 308 instead of 302 (A31).', {
    discovery: { answer: { ...redirectTo('{next}'), status: 301 } },
    enrichment: { goTo: 'detour', answer: { ...redirectTo('{next}'), status: 303 } },
    detour: { answer: { ...redirectTo('{next}'), status: 307 } },
    identity: { answer: { ...redirectTo('{next}'), status: 308 } },
  }),
];
