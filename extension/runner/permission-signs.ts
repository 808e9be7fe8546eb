/** Signs that something was granted, or that whoever waits for it should look again for another reason. */
export interface PermissionSigns {
  give(): void;
  /** Resolves at the next sign, when `signal` aborts, or after `ms`. */
  next(ms: number, signal: AbortSignal): Promise<void>;
}

export function openPermissionSigns(): PermissionSigns {
  const waiting: (() => void)[] = [];
  return {
    give() {
      for (const seen of waiting.splice(0)) seen();
    },
    next: (ms, signal) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
        setTimeout(resolve, Math.max(0, ms));
      }),
  };
}
