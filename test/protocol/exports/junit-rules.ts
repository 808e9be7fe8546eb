import type { Element } from './strict-xml.ts';

/** What both of the common schemas ask (Ant's JUnit.xsd and Jenkins'), as a list of what is wrong. */
export function junitFaults(root: Element): string[] {
  if (root.name !== 'testsuites') return ['the root is not testsuites'];
  return [
    ...unknown(root, [], ['testsuite']),
    ...root.children.flatMap((suite, at) => suiteFaults(suite).map((fault) => `suite ${at}: ${fault}`)),
  ];
}

const COUNTS = ['tests', 'failures', 'errors', 'skipped', 'id'];

function suiteFaults(suite: Element): string[] {
  const { attributes, children } = suite;
  const cases = children.filter(({ name }) => name === 'testcase');
  const having = (name: string) =>
    cases.filter((one) => one.children.some((child) => child.name === name)).length;
  return [
    ...missing(suite, ['name', 'timestamp', 'hostname', 'package', 'time', ...COUNTS]),
    ...unknown(
      suite,
      ['name', 'timestamp', 'hostname', 'package', 'time', ...COUNTS],
      ['properties', 'testcase', 'system-out', 'system-err'],
    ),
    ...COUNTS.filter((name) => !/^\d+$/.test(attributes[name] ?? '')).map((name) => `${name} is no count`),
    ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(attributes.timestamp ?? '')
      ? []
      : ['timestamp is no dateTime']),
    ...(/^\d+(\.\d+)?$/.test(attributes.time ?? '') ? [] : ['time is no decimal']),
    ...(Number(attributes.tests) === cases.length ? [] : ['tests is not how many there are']),
    ...(Number(attributes.failures) === having('failure') ? [] : ['failures is not how many there are']),
    ...(Number(attributes.skipped) === having('skipped') ? [] : ['skipped is not how many there are']),
    ...order(children.map(({ name }) => name)),
    ...children.filter(({ name }) => name === 'properties').flatMap(propertyFaults),
    ...cases.flatMap(caseFaults),
  ];
}

/** A sequence in the schema: properties, the test cases, then what was written. */
function order(names: string[]): string[] {
  return /^properties( testcase)* system-out system-err$/.test(names.join(' '))
    ? []
    : ['its parts are out of order'];
}

function propertyFaults(properties: Element): string[] {
  return properties.children.flatMap((one) => [
    ...(one.name === 'property' ? [] : [`${one.name} is no property`]),
    ...missing(one, ['name', 'value']),
  ]);
}

function caseFaults(one: Element): string[] {
  return [
    ...missing(one, ['name', 'classname', 'time']),
    ...unknown(one, ['name', 'classname', 'time'], ['skipped', 'failure']),
    ...(one.children.length > 1 ? ['a case has two results'] : []),
    ...(/^\d+(\.\d+)?$/.test(one.attributes.time ?? '') ? [] : ['time of a case is no decimal']),
    ...one.children.flatMap((result) =>
      result.name === 'failure' ? missing(result, ['type', 'message']) : unknown(result, ['message'], []),
    ),
  ];
}

function missing({ name, attributes }: Element, wanted: string[]): string[] {
  return wanted.filter((one) => !(one in attributes)).map((one) => `${name} has no ${one}`);
}

function unknown({ name, attributes, children }: Element, known: string[], parts: string[]): string[] {
  return [
    ...Object.keys(attributes).filter((one) => !known.includes(one)),
    ...children.map((child) => child.name).filter((one) => !parts.includes(one)),
  ].map((one) => `${name} may have no ${one}`);
}
