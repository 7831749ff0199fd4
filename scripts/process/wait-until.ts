import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 100;

/** Asks again and again until `condition` holds; false when `timeoutMs` passed first. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await condition()) return true;
    await delay(POLL_MS);
  }
  return false;
}
