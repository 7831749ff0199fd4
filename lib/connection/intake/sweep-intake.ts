import { and, eq, inArray, lt, ne, or, sql } from "drizzle-orm";
import { intakeAddresses, intakeFiles, uploads } from "@/db/schema";
import type { SystemTransaction } from "@/db/scope";
import { enqueueEvents } from "@/lib/platform/outbox/enqueue-event";
import { isTemporaryName } from "./door/names";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A broken upload can be resumed that long; a name that says "not yet" waits that long for its rename. */
const BROKEN_LASTS_MS = DAY_MS;
const ATTACHED_LASTS_MS = 7 * DAY_MS;
const RESULTS_LAST_MS = 30 * DAY_MS;
const HISTORY_LASTS_MS = 90 * DAY_MS;
/** A file that was closed that long ago, and that no event led to. */
const OVERLOOKED_MS = MINUTE_MS;
/** Whoever took the file is gone. */
const TAKEN_LASTS_MS = 15 * MINUTE_MS;

/** As `uploads_open` has it. */
const isOpen = sql`state in ('receiving', 'closed', 'taken', 'delivered')`;

/** Removes what has had its time, and asks again for files that wait. Gives how many are asked for. */
export async function sweepIntake(tx: SystemTransaction, now = new Date()): Promise<number> {
  const before = (age: number) => new Date(now.getTime() - age);
  // States in words: the planner does not know a parameter's value, and would leave the partial indexes alone.
  await tx
    .delete(uploads)
    .where(and(isOpen, sql`state = 'receiving'`, lt(uploads.touchedAt, before(BROKEN_LASTS_MS))));
  await tx
    .delete(uploads)
    .where(
      and(
        isOpen,
        sql`state = 'closed'`,
        ne(uploads.folder, "root"),
        lt(uploads.touchedAt, before(ATTACHED_LASTS_MS)),
      ),
    );
  await tx
    .delete(uploads)
    .where(and(sql`state in ('done', 'quarantined')`, lt(uploads.endedAt, before(HISTORY_LASTS_MS))));
  const closed = await tx
    .select({ id: uploads.id, name: uploads.name, touchedAt: uploads.touchedAt, state: uploads.state })
    .from(uploads)
    .where(
      and(
        isOpen,
        or(
          and(
            eq(uploads.state, "closed"),
            eq(uploads.folder, "root"),
            lt(uploads.touchedAt, before(OVERLOOKED_MS)),
          ),
          and(eq(uploads.state, "taken"), lt(uploads.takenAt, before(TAKEN_LASTS_MS))),
          eq(uploads.state, "delivered"),
        ),
      ),
    );
  const isUnfinished = (row: (typeof closed)[number]) => row.state === "closed" && isTemporaryName(row.name);
  const given = closed.filter((row) => isUnfinished(row) && row.touchedAt < before(BROKEN_LASTS_MS));
  if (given.length > 0)
    await tx.delete(uploads).where(
      inArray(
        uploads.id,
        given.map(({ id }) => id),
      ),
    );
  const waiting = closed.filter((row) => !isUnfinished(row));
  await enqueueEvents(
    tx,
    "intake/upload.closed",
    waiting.map(({ id }) => ({ uploadId: id })),
  );
  await tx.delete(intakeFiles).where(lt(intakeFiles.createdAt, before(RESULTS_LAST_MS)));
  await tx.delete(intakeAddresses).where(lt(intakeAddresses.lastAt, before(HISTORY_LASTS_MS)));
  // The content of a file that has ended is destroyed with its end; what a crash left behind goes here.
  await tx.execute(sql`
    delete from upload_chunks c using uploads u
    where u.id = c.upload_id and u.state in ('done', 'quarantined') and u.ended_at < ${before(HOUR_MS).toISOString()}`);
  return waiting.length;
}
