import { setTimeout as delay } from "node:timers/promises";
import type { ProductProcess } from "../fixtures/process";

/** When a process died, and which. */
export type Kill = { process: string; at: Date };

/** What may be killed; the higher its weight, the more often. */
export type Victim = Pick<ProductProcess, "kill" | "start"> & { name: string; weight: number };

const SHORTEST_LIFE_MS = 150;
const LONGEST_LIFE_MS = 1_500;

/**
 * Kills one of the victims or another at random moments and starts it again at once, until `isOver` says so; each kill is added
 * to `kills`. `random` gives numbers from 0 to 1.
 */
export async function killAtRandom(
  victims: readonly Victim[],
  random: () => number,
  kills: Kill[],
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    await delay(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
    const victim = choose(victims, random());
    kills.push({ process: victim.name, at: await victim.kill() });
    await victim.start();
  }
}

/** By their weights, which add up to 1. */
function choose(victims: readonly Victim[], drawn: number): Victim {
  let left = drawn;
  const victim = victims.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  const chosen = victim ?? victims.at(-1);
  if (!chosen) throw new Error("there is nothing to kill");
  return chosen;
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
