/** What a request is for, without the parameters that some operators want in the query. */
export function endpointIn(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
