import { setTimeout as delay } from "node:timers/promises";
import type { KillWorld } from "./kill-world";

/** When a process died, and which. */
export type Kill = { process: "worker" | "web"; at: Date };

const SHORTEST_LIFE_MS = 150;
const LONGEST_LIFE_MS = 1_500;

/**
 * Kills one process or the other at random moments and starts it again at once, until `isOver` says so; each kill is added
 * to `kills`. `random` gives numbers from 0 to 1. The worker, which has more to lose, is hit more often.
 */
export async function killAtRandom(
  { worker, web }: Pick<KillWorld, "worker" | "web">,
  random: () => number,
  kills: Kill[],
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    await delay(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
    const name = random() < 0.75 ? "worker" : "web";
    const victim = name === "worker" ? worker : web;
    kills.push({ process: name, at: await victim.kill() });
    await victim.start();
  }
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
