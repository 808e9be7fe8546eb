/**
 * HAR 1.2 as a list of what is wrong with a file: members, their types and ranges as the specification has them
 * (http://www.softwareishard.com/blog/har-12-spec/). Members of others begin with an underscore.
 */
type Rule = (value: unknown, at: string) => string[];

const text: Rule = (value, at) => (typeof value === 'string' ? [] : [`${at} is no string`]);
const filled: Rule = (value, at) => (typeof value === 'string' && value !== '' ? [] : [`${at} is empty`]);
/** RFC 3986 §2: no character that a URI cannot have, as the published schema's `format: uri` wants it. */
const uri: Rule = (value, at) =>
  /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i.test(String(value)) ? [] : [`${at} is no URI`];
const whole: Rule = (value, at) => (Number.isInteger(value) ? [] : [`${at} is no integer`]);
const size: Rule = (value, at) =>
  Number.isInteger(value) && Number(value) >= -1 ? [] : [`${at} is no size`];
/** ISO 8601 with a zone: `YYYY-MM-DDThh:mm:ss.sTZD`. */
const instant: Rule = (value, at) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(value)) &&
  !Number.isNaN(Date.parse(String(value)))
    ? []
    : [`${at} is no instant`];
const span: Rule = (value, at) => (typeof value === 'number' && value >= 0 ? [] : [`${at} is no span`]);
const spanOrNone: Rule = (value, at) => (value === -1 ? [] : span(value, at));
const anything: Rule = () => [];

function list(rule: Rule): Rule {
  return (value, at) =>
    Array.isArray(value) ? value.flatMap((one, index) => rule(one, `${at}[${index}]`)) : [`${at} is no list`];
}

function members(must: Record<string, Rule>, may: Record<string, Rule> = {}): Rule {
  return (value, at) => {
    if (typeof value !== 'object' || value === null) return [`${at} is no object`];
    const found = new Map(Object.entries(value));
    const missing = Object.keys(must).filter((name) => !found.has(name));
    return [
      ...missing.map((name) => `${at}.${name} is missing`),
      ...[...found].flatMap(([name, inner]) => {
        if (name.startsWith('_')) return [];
        const rule = must[name] ?? may[name];
        return rule ? rule(inner, `${at}.${name}`) : [`${at}.${name} is not of HAR`];
      }),
    ];
  };
}

const comment = { comment: text };
const named = members({ name: text, value: text }, comment);
const maker = members({ name: filled, version: filled }, comment);
const cookie = members(
  { name: text, value: text },
  { path: text, domain: text, expires: text, httpOnly: anything, secure: anything, ...comment },
);
const common = {
  httpVersion: filled,
  cookies: list(cookie),
  headers: list(named),
  headersSize: size,
  bodySize: size,
};
const request = members(
  { method: filled, url: uri, queryString: list(named), ...common },
  { postData: members({ mimeType: text, params: list(named), text }, comment), ...comment },
);
const response = members(
  {
    status: whole,
    statusText: text,
    content: members(
      { size: whole, mimeType: text },
      { compression: whole, text, encoding: text, ...comment },
    ),
    redirectURL: text,
    ...common,
  },
  comment,
);
const entry = members(
  {
    startedDateTime: instant,
    time: span,
    request,
    response,
    cache: members({}, { beforeRequest: anything, afterRequest: anything, ...comment }),
    timings: members(
      { send: span, wait: span, receive: span },
      { blocked: spanOrNone, dns: spanOrNone, connect: spanOrNone, ssl: spanOrNone, ...comment },
    ),
  },
  { pageref: filled, serverIPAddress: filled, connection: filled, ...comment },
);
const page = members(
  {
    startedDateTime: instant,
    id: filled,
    title: text,
    pageTimings: members({}, { onContentLoad: spanOrNone, onLoad: spanOrNone, ...comment }),
  },
  comment,
);
const file = members({
  log: members(
    {
      version: (value, at) => (value === '1.2' ? [] : [`${at} is not 1.2`]),
      creator: maker,
      entries: list(entry),
    },
    { browser: maker, pages: list(page), ...comment },
  ),
});

interface Shape {
  log: {
    pages?: { id: string }[];
    entries: { pageref?: string; time: number; timings: Record<string, number> }[];
  };
}

export function harFaults(value: unknown): string[] {
  const faults = file(value, '');
  if (faults.length > 0) return faults;
  const { pages = [], entries } = (value as Shape).log;
  const ids = pages.map(({ id }) => id);
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `page ${id} is there twice`),
    ...entries.flatMap(({ pageref, time, timings }, at) => [
      ...(pageref === undefined || ids.includes(pageref) ? [] : [`entry ${at} belongs to no page`]),
      // "time is the sum of all timings, without -1".
      ...(Math.abs(Object.values(timings).reduce((sum, one) => sum + Math.max(one, 0), 0) - time) < 1e-6
        ? []
        : [`entry ${at}: its timings do not add up`]),
    ]),
  ];
}
