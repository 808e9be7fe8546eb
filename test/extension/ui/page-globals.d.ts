/** What `fake-browser.ts` puts into the page, for functions that run there. */
declare global {
  var asked: [string, { type?: string } | undefined][];
  var browser: {
    storage: Record<
      'local' | 'session',
      { get(keys: string[]): Promise<object>; set(values: object): Promise<void> }
    >;
  };
}

export {};
