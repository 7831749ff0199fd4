import { setTimeout as delay } from "node:timers/promises";
import type { ConnectorContext } from "./context";
import { ConnectorError } from "./errors";

/** A longer pause is the caller's to keep: the error carries it. */
const LONGEST_PAUSE_MS = 60_000;

/** Repeats a call without an effect after `context.retryDelaysMs` while the vendor is unavailable. */
export async function repeatRead<T>(context: ConnectorContext, read: () => Promise<T>): Promise<T> {
  for (const delayMs of context.retryDelaysMs) {
    try {
      return await read();
    } catch (error) {
      await pauseBeforeRepeat(context, error, delayMs);
    }
  }
  return read();
}

async function pauseBeforeRepeat(context: ConnectorContext, error: unknown, delayMs: number): Promise<void> {
  if (!(error instanceof ConnectorError) || !error.isRetriable) throw error;
  const pauseMs = Math.max(delayMs, (error.retryAfterSeconds ?? 0) * 1000);
  if (pauseMs > LONGEST_PAUSE_MS) throw error;
  try {
    await delay(pauseMs, undefined, { signal: context.signal });
  } catch {
    throw error;
  }
}
