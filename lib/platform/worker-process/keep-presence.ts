import { randomUUID } from "node:crypto";
import { eq, lt, sql } from "drizzle-orm";
import { workerProcesses } from "@/db/schema";
import { KEY_RINGS, nameOfKey } from "@/lib/platform/seal/data-key";
import { asSystem, type WorkerContext } from "@/lib/platform/worker-context";
import { measureClock } from "./measure-clock";
import { CLOCK_REFUSE_MS, judgeClock, SILENT_AFTER_MS } from "./rules";

const HOUR_MS = 3_600_000;

export type Presence = {
  /** Tells that this worker is alive, and measures its clock when that was done an hour ago. */
  beat(now?: Date): Promise<void>;
  leave(): Promise<void>;
};

/**
 * Enters this worker among those that run: with the keys it holds, and how far its clock is from the database's. Throws when the
 * clock is too far off to work with. `readClock` gives milliseconds since 1970.
 */
export async function enterWorker(context: WorkerContext, readClock = Date.now): Promise<Presence> {
  const id = randomUUID();
  const keyIds = KEY_RINGS.flatMap((ring) => context.keys.rings[ring].map((key) => nameOfKey(ring, key.id)));
  const first = await readOffset(context, readClock);
  if (first.verdict === "unfit") {
    const seconds = Math.round(first.offsetMs / 1000);
    throw new Error(
      `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "behind" : "ahead of"} the database's; at most ` +
        `${CLOCK_REFUSE_MS / 1000} s can be worked with. Let both machines keep time by NTP.`,
    );
  }
  let { offsetMs } = first;
  let measuredAt = Date.now();
  const write = () =>
    asSystem(context, "worker presence", async (tx) => {
      const values = { id, keyIds, clockOffsetMs: offsetMs };
      const seen = { clockOffsetMs: offsetMs, seenAt: sql`now()` };
      await tx
        .insert(workerProcesses)
        .values(values)
        .onConflictDoUpdate({ target: workerProcesses.id, set: seen });
      const silent = sql`now() - make_interval(secs => ${(10 * SILENT_AFTER_MS) / 1000})`;
      await tx.delete(workerProcesses).where(lt(workerProcesses.seenAt, silent));
    });
  await write();
  return {
    async beat(now = new Date()) {
      if (now.getTime() - measuredAt >= HOUR_MS) {
        ({ offsetMs } = await readOffset(context, readClock));
        measuredAt = now.getTime();
      }
      await write();
    },
    leave: () =>
      asSystem(context, "worker leaves", async (tx) => {
        await tx.delete(workerProcesses).where(eq(workerProcesses.id, id));
      }),
  };
}

async function readOffset({ database, log }: WorkerContext, readClock: () => number) {
  const offsetMs = await measureClock(database, readClock);
  const verdict = judgeClock(offsetMs);
  if (verdict === "off") log.warn({ offsetMs }, "this machine's clock is off the database's");
  if (verdict === "unfit") log.error({ offsetMs }, "this machine's clock is too far off the database's");
  return { offsetMs, verdict };
}
