/** Repeats a batch until there is nothing left of it. */
export async function untilDone(batch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await batch();
    total += done;
    if (done === 0) return total;
  }
}
