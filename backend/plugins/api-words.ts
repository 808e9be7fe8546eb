/** What a route is for, in the words of the API's documentation. */
export interface RouteWords {
  tags: [Tag];
  summary: string;
  /** Statuses it refuses with, beside those that follow from its form. */
  refuses?: number[];
}

type Tag = keyof typeof TAGS;

export const TAGS = {
  Runs: 'One run: opened, its end of leg 1 handed over, read, asked about.',
  History: 'All runs: listed, counted, kept and deleted.',
  Profiles: 'What can be verified here, and whether it is set up well.',
  Access: 'Keys and pairing.',
  'Phone hand-off': 'Leg 1 in the browser of a phone without the extension. Pages, not calls.',
  Operations: 'For whoever watches over the backend.',
} as const;

/** The whole API on one screen. */
export const API_WORDS: Record<string, RouteWords> = {
  'POST /v1/runs': runs('Open a run', [404, 409]),
  'GET /v1/runs/:id': runs('Read a run'),
  'GET /v1/runs/:id/events': runs('Follow a run that another device carries on'),
  'POST /v1/runs/:id/callback': runs('Hand over the callback, and follow the run to its verdict', [409]),
  'POST /v1/runs/:id/chain-end': runs('Report a chain that led to no callback', [409]),
  'POST /v1/runs/:id/hash-doctor': runs('Ask once more with the number hashed the other way', [409]),
  'POST /v1/runs/:id/handoff': runs('Give out the link for a phone', [409]),

  'GET /v1/runs': history('List runs, the newest first'),
  'GET /v1/runs/count': history('Count the runs of a list'),
  'GET /v1/coverage': history('Count how runs went, by two conditions'),
  'GET /v1/latency': history('How long legs and hops took'),
  'DELETE /v1/runs/:id': history('Delete a run', [409]),
  'POST /v1/runs/:id/pin': history('Keep a run whatever the retention says, or no longer'),
  'POST /v1/runs/:id/reference': history('Make a run the reference of its profile, or no longer', [409]),
  'GET /v1/campaigns': history('Which campaigns are kept'),
  'POST /v1/campaigns/keep': history('Keep the runs of a campaign, or no longer'),
  'POST /v1/imports': history('Keep a run of a file'),
  'POST /v1/numbers/forget': history('Take a number out of all its runs'),

  'GET /v1/profiles': { tags: ['Profiles'], summary: 'List the profiles' },
  'GET /v1/profiles/:id/reference': { tags: ['Profiles'], summary: 'Read the reference run of a profile' },
  'POST /v1/profiles/:id/check': { tags: ['Profiles'], summary: 'Try a profile without a SIM' },

  'GET /pair': { tags: ['Access'], summary: 'Says what to do with a pairing link' },
  'POST /pair': {
    tags: ['Access'],
    summary: 'Exchange the code of a pairing link for its key, once',
    refuses: [404],
  },
  'GET /v1/access-key': { tags: ['Access'], summary: 'What this key may do' },
  'DELETE /v1/access-key': { tags: ['Access'], summary: 'Unpair: revoke this key' },

  'GET /h/:code': handoff('The page of a link; looking opens nothing'),
  'POST /h/:code': handoff('Open the link in this browser, and go to the operator'),
  'GET /callback': handoff('Where the operator sends the phone back to'),
  'GET /callback/done': handoff('Says that the desktop goes on'),

  'GET /healthz': operations('Alive'),
  'GET /readyz': operations('Ready for requests: the store answers and its schema is up to date'),
  'GET /metrics': operations('Metrics in the text format of Prometheus'),
};

function runs(summary: string, refuses: number[] = []): RouteWords {
  return { tags: ['Runs'], summary, refuses };
}

function history(summary: string, refuses: number[] = []): RouteWords {
  return { tags: ['History'], summary, refuses };
}

function handoff(summary: string): RouteWords {
  return { tags: ['Phone hand-off'], summary };
}

function operations(summary: string): RouteWords {
  return { tags: ['Operations'], summary };
}
