/** What happens, in its order, for one reader who wants one thing after the other. */
export interface Mailbox<T> {
  put(item: T): void;
  /** The next item, or null after `ms` without one. */
  take(ms: number): Promise<T | null>;
}

export function openMailbox<T>(): Mailbox<T> {
  const items: T[] = [];
  let arrived = () => {};
  return {
    put(item) {
      items.push(item);
      arrived();
    },
    async take(ms) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      if (items.length === 0) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
          timer = setTimeout(resolve, Math.max(0, ms));
        });
        clearTimeout(timer);
      }
      return items.shift() ?? null;
    },
  };
}
