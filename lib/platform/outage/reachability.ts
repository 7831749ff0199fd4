import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";

export type Reachability = {
  /** What is known from at most `freshMs` ago, else by asking; an answer that takes longer than `patienceMs` is none. */
  isReachable(): Promise<boolean>;
};

/** Pieces of the patience. Between two of them the process listens. */
const LOOKS = 4;

/**
 * Ends when nothing came in `patienceMs`. A process that is too busy to listen has not been kept waiting: an answer may be in
 * its socket, or the question not be sent yet.
 */
async function losePatience(patienceMs: number, signal: AbortSignal): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    await delay(patienceMs / LOOKS, undefined, { signal });
    await nextTurn(undefined, { signal });
  }
}

type Asking = {
  freshMs: number;
  patienceMs: number;
  /** Called when an answer did not come in time: whatever was asked over may be broken. */
  giveUp?: () => void;
};

/** One question at a time for the whole process, however many want to know. */
export function createReachability(
  ask: () => Promise<unknown>,
  { freshMs, patienceMs, giveUp }: Asking,
): Reachability {
  let knownUntil = 0;
  let asking: Promise<boolean> | undefined;
  async function find(): Promise<boolean> {
    const timer = new AbortController();
    const answered = ask().then(
      () => true,
      () => false,
    );
    const tooLate = losePatience(patienceMs, timer.signal).then(
      () => {
        giveUp?.();
        return false;
      },
      () => false,
    );
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
