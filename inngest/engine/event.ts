import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";

export type EngineEvent = {
  id: string;
  name: string;
  data: unknown;
  ts: number;
  user?: unknown;
  v?: unknown;
};

/** The same try of the same send gives the same id, so that a repeated send changes nothing. */
export function deriveEventId(seed: string | null, index: number): string {
  return seed ? createHash("sha256").update(`${seed}#${index}`).digest("hex").slice(0, 32) : uuidv7();
}

/** Sent by the engine itself: a run has ended. */
export function isLifecycleEvent({ name }: EngineEvent): boolean {
  return name.startsWith("inngest/function.");
}

/** A function that listens to every function's end would otherwise hear its own, for ever. */
export function isLifecycleEventOf(event: EngineEvent, functionId: string): boolean {
  const { data } = event;
  if (!isLifecycleEvent(event)) return false;
  return (
    typeof data === "object" && data !== null && "function_id" in data && data.function_id === functionId
  );
}
