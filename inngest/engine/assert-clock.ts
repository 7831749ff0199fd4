import type { EngineLog } from "./context";
import type { Database } from "./database";

/** Deadlines and time-outs are compared across processes; a second is what nobody notices. */
const NOTICEABLE_MS = 1000;
/** As far as the SDK's signatures may be old. */
const TOLERABLE_MS = 5 * 60_000;

/** Throws when this machine's clock is further from the database's than can be worked with. */
export async function assertClock(database: Database, now: () => Date, log: EngineLog): Promise<void> {
  const askedAt = now().getTime();
  const { rows } = await database.query<{ at: Date }>("SELECT clock_timestamp() AS at");
  const answeredAt = now().getTime();
  const databaseAt = rows[0]?.at.getTime() ?? answeredAt;
  // What the question itself took says nothing about the clocks.
  const ahead = askedAt > databaseAt ? askedAt - databaseAt : 0;
  const behind = databaseAt > answeredAt ? databaseAt - answeredAt : 0;
  const offMs = Math.max(ahead, behind);
  if (offMs < NOTICEABLE_MS) return;
  const seconds = Math.round(offMs / 1000);
  const words = `This machine's clock is ${seconds} s ${ahead > 0 ? "ahead of" : "behind"} the database's`;
  if (offMs > TOLERABLE_MS) throw new Error(`${words}. Synchronize the clocks, then start again.`);
  log.warn({ seconds }, words);
}
