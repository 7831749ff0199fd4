import { setTimeout as delay } from "node:timers/promises";

export type Reachability = {
  /** What is known from at most `freshMs` ago, else by asking; an answer that takes longer than `patienceMs` is none. */
  isReachable(): Promise<boolean>;
};

/** One question at a time for the whole process, however many want to know. */
export function createReachability(
  ask: () => Promise<unknown>,
  { freshMs, patienceMs }: { freshMs: number; patienceMs: number },
): Reachability {
  let knownUntil = 0;
  let asking: Promise<boolean> | undefined;
  async function find(): Promise<boolean> {
    const timer = new AbortController();
    const answered = ask().then(
      () => true,
      () => false,
    );
    const tooLate = delay(patienceMs, false, { signal: timer.signal }).catch(() => false);
    const isReachable = await Promise.race([answered, tooLate]);
    timer.abort();
    // Only good news are kept: bad ones are asked about again at once.
    if (isReachable) knownUntil = Date.now() + freshMs;
    return isReachable;
  }
  return {
    async isReachable() {
      if (Date.now() < knownUntil) return true;
      asking ??= find().finally(() => {
        asking = undefined;
      });
      return await asking;
    },
  };
}
